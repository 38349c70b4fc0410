"""Database fields of our own: sealed text, blind index, translated text."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from django.db import models

from gishe.foundation.keys import keyring
from gishe.foundation.translated import Translated

if TYPE_CHECKING:
    BinaryField = models.BinaryField[Any, Any]
    JSONField = models.JSONField[Any, Any]
else:
    BinaryField, JSONField = models.BinaryField, models.JSONField


class Sealed(bytes):
    """A value as it lies in the database."""


class _Opening:
    """Opens a sealed value when somebody asks for it, and not before."""

    def __init__(self, field: "EncryptedField") -> None:
        self.field = field

    def __get__(self, row: models.Model | None, owner: object = None) -> Any:
        if row is None:
            return self
        value = row.__dict__.get(self.field.attname)
        if not isinstance(value, Sealed):
            return value
        return keyring().open(value, self.field.bound_to(row))

    def __set__(self, row: models.Model, value: Any) -> None:
        row.__dict__[self.field.attname] = value


class EncryptedField(BinaryField):
    """Text that lies encrypted in the database, bound to its row and field.

    The row must have its reference before it is saved. The value cannot be searched;
    put a :class:`BlindIndexField` beside it where equality must be found.
    """

    descriptor_class = cast(Any, _Opening)

    def bound_to(self, row: models.Model) -> str:
        return f"{row._meta.label_lower}.{self.name}:{row.pk}"

    def from_db_value(self, value: Any, *_: Any) -> Sealed | None:
        return None if value is None else Sealed(bytes(value))

    def get_prep_value(self, value: Any) -> Any:
        """Refuses open text: only ``save`` knows the row that a value is bound to."""
        if value is not None and not isinstance(value, Sealed):
            raise TypeError(f"{self.name} is encrypted: set it on the row and save it.")
        return super().get_prep_value(value)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = model_instance.__dict__.get(self.attname)
        if value is None or isinstance(value, Sealed):
            return value
        sealed = Sealed(keyring().seal(str(value), self.bound_to(model_instance)))
        model_instance.__dict__[self.attname] = sealed
        return sealed


class BlindIndexField(BinaryField):
    """Finds equal values of an encrypted field without opening any of them.

    ``of`` names the encrypted field, ``normalise`` brings spellings together before
    the keyed hash is taken.
    """

    def __init__(
        self, *args: Any, of: str, normalise: Callable[[str], str], **kwargs: Any
    ) -> None:
        self.of, self.normalise = of, normalise
        kwargs.update(max_length=16, null=True, editable=False, db_index=True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("max_length", None)
        kwargs.update(of=self.of, normalise=self.normalise)
        return name, path, args, kwargs

    def index_of(self, text: str) -> bytes:
        """The value to filter by when looking for ``text``."""
        field = f"{self.model._meta.label_lower}.{self.of}"
        return keyring().blind_index(self.normalise(text), field)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        text = getattr(model_instance, self.of)
        return None if text is None else self.index_of(str(text))


class TranslatedField(JSONField):
    """A text in several languages, each with its state; a ``Translated`` in Python."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", Translated.empty)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Translated:
        found = cast(Any, super()).from_db_value(value, expression, connection)
        return Translated.from_json(found or {})

    def to_python(self, value: Any) -> Translated:
        if isinstance(value, Translated):
            return value
        return Translated.from_json(value or {})

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, Translated):
            value = value.to_json()
        return super().get_prep_value(value)

    def get_db_prep_value(
        self, value: Any, connection: Any, prepared: Any = False
    ) -> Any:
        if isinstance(value, Translated):
            value = value.to_json()
        return super().get_db_prep_value(value, connection, prepared)

    def value_to_string(self, obj: models.Model) -> Any:
        return self.value_from_object(obj).to_json()
