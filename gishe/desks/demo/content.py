"""The words of the demo city, read from the files beside this module."""

import json
from functools import cache
from importlib.resources import files
from typing import Any
from uuid import UUID, uuid5

from gishe.directory.identity import GISHE
from gishe.foundation.translated import Translated

Record = dict[str, Any]


@cache
def read(name: str) -> Any:
    """The content of one file."""
    path = files("gishe.desks.demo").joinpath(f"{name}.json")
    return json.loads(path.read_text(encoding="utf-8"))


def reference(kind: str, key: object) -> UUID:
    """The same reference for the same row, however often the city is opened."""
    return uuid5(GISHE, f"demo/{kind}/{key}")


def text(value: dict[str, str] | str | None) -> Translated:
    """A text of the files; written in Bulgarian first."""
    if not value:
        return Translated.empty()
    return Translated.of("bg", **({"bg": value} if isinstance(value, str) else value))
