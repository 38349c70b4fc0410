"""Reading what other cities publish: bounded, in any encoding, never half-read."""

from gishe.exchange.reading.containers import Container, opened
from gishe.exchange.reading.errors import ReadError
from gishe.exchange.reading.rows import FileNote, Package, Row

__all__ = ["Container", "FileNote", "Package", "ReadError", "Row", "opened"]
