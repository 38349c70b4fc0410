"""The demo city: Sofia from sourced facts, the rest invented and marked DEMO.

Sourced rows carry the key of their source; invented rows belong to fictional
organizations. Dates follow today, so that the demo is never empty.
"""

from gishe.desks.demo.city import open_city

__all__ = ["open_city"]
