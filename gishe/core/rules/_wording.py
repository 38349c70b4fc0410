"""Values of facts as people write them."""

from datetime import date

from gishe.core.rules._facts import Fact, Known


def shown_value(fact: Fact | None, value: Known | None) -> object:
    """Dates as dates, several nationalities as a list; ``fact`` None: a date."""
    if isinstance(value, int) and (fact is None or fact.type == "date"):
        return date.fromordinal(value)
    if isinstance(value, tuple):
        if fact is not None and fact.type == "children":
            return [{"age": age} for age in value]
        return list(value) if len(value) > 1 else value[0]
    return value
