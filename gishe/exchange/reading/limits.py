"""How much a source may be: more is refused before it fills memory or disk."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Bounds on one source. The defaults hold a country's directory."""

    members: int = 300
    total_bytes: int = 512 * MEGABYTE  # unpacked
    file_bytes: int = 160 * MEGABYTE  # one table, read as a stream
    json_bytes: int = 64 * MEGABYTE  # JSON lies in memory as a whole
    ratio: int = 200  # unpacked to packed, beyond the first megabyte
    rows: int = 500_000
    columns: int = 300
    cell_characters: int = 200_000
    depth: int = 24  # of nested JSON


DEFAULT = Limits()
