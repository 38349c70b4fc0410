"""Sealing every encrypted field anew after a key was added."""

from collections.abc import Iterator

from django.apps import apps
from django.db import models
from rich.progress import track

from gishe.foundation.fields import EncryptedField, Sealed
from gishe.foundation.keys import key_id, keyring


def _encrypted() -> Iterator[tuple[type[models.Model], EncryptedField]]:
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, EncryptedField):
                yield model, field


def rotate(*, progress: bool = False) -> int:
    """Seal with the newest key whatever another key sealed; how many values that was.

    Safe to stop and to repeat: each value is written for itself.
    """
    newest, count = keyring().newest, 0
    for model, field in _encrypted():
        rows = model._default_manager.exclude(**{field.name: None}).order_by("pk")
        listed = rows.iterator(chunk_size=500)
        label = f"{model._meta.label}.{field.name}"
        for row in track(listed, label, rows.count(), disable=not progress):
            sealed = row.__dict__[field.attname]
            if key_id(sealed) == newest:
                continue
            text = getattr(row, field.attname)
            fresh = Sealed(keyring().seal(text, field.bound_to(row)))
            # Only if nobody wrote the value meanwhile: his is sealed anew already.
            same = model._default_manager.filter(pk=row.pk, **{field.name: sealed})
            count += same.update(**{field.name: fresh})
    return count
