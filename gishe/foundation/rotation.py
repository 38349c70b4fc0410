"""Sealing every encrypted field anew after a key was added."""

from collections.abc import Iterator

from django.apps import apps
from django.db import models, transaction
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

    Safe to stop and to repeat: each row is its own transaction.
    """
    newest, count = keyring().newest, 0
    for model, field in _encrypted():
        rows = model._default_manager.exclude(**{field.name: None}).order_by("pk")
        listed = rows.iterator(chunk_size=500)
        label = f"{model._meta.label}.{field.name}"
        for row in track(listed, label, rows.count(), disable=not progress):
            sealed = row.__dict__[field.attname]
            if isinstance(sealed, Sealed) and key_id(sealed) == newest:
                continue
            setattr(row, field.attname, getattr(row, field.attname))
            with transaction.atomic():
                row.save(update_fields=[field.name])
            count += 1
    return count
