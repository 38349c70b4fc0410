"""What a restriction adds to the fields of a route: the stricter one counts."""

from collections.abc import Mapping
from typing import TypeGuard

ANY = "any"
AT_LEAST = "minimum_"


def added(old: object, new: object) -> object:
    """A field of the route with that of a restriction: lists and mappings grow."""
    if isinstance(old, list) and isinstance(new, list):
        return [*old, *new]
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        both = {key: stricter(key, old[key], new[key]) for key in old if key in new}
        return {**old, **new, **both}
    return new


def stricter(key: str, old: object, new: object) -> object:
    """Of two limits the one that leaves less: 20 hours of 20 and 35, no of yes and no.

    A limit that begins with ``minimum_`` is a lower one: there the larger counts.
    ``any`` is no limit. Of two words the restriction's counts.
    """
    if ANY in (old, new):
        return new if old == ANY else old
    if isinstance(old, bool) and isinstance(new, bool):
        return old and new
    if _is_number(old) and _is_number(new):
        return max(old, new) if key.startswith(AT_LEAST) else min(old, new)
    return new


def is_comparable(old: object, new: object) -> bool:
    """Whether one of two limits is the stricter one, whichever comes first."""
    return stricter("", old, new) == stricter("", new, old)


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
