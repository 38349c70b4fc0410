"""JSON as people write it: what is broken or stands there twice is told in words."""

import json
from collections.abc import Sequence
from typing import Any


class NotJson(ValueError):
    """The text cannot be read as JSON; the message says why."""


def read_json(text: str | bytes) -> Any:
    """What the JSON says. Raises NotJson, also for a name that stands twice.

    Two values under one name are never both meant, and which one is cannot be known.
    """
    try:
        if isinstance(text, bytes):
            text = text.decode("utf-8-sig")
        return json.loads(
            text.removeprefix("\ufeff"),
            object_pairs_hook=_once,
            parse_constant=_no_number,
        )
    except UnicodeDecodeError:
        raise NotJson("This is not UTF-8 text") from None
    except RecursionError:
        raise NotJson("The brackets are nested too deep") from None
    except json.JSONDecodeError as error:
        raise NotJson(str(error)) from None


def _no_number(word: str) -> Any:
    raise NotJson(f"{word} is no number. Leave out what is not known")


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise NotJson(f"{name} stands there twice. Keep one")
        found[name] = value
    return found
