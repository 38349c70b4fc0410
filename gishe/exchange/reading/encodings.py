"""In which encoding is this file? A mark says it, UTF-8 proves itself, the rest is a
guess, and is called one.
"""

import codecs
import re
from dataclasses import dataclass
from typing import IO

MARKS = [
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
CHUNK = 1024 * 1024


@dataclass(frozen=True)
class Encoding:
    """Python's name of the encoding, and whether it is only a guess."""

    name: str
    is_guess: bool = False


def of(stream: IO[bytes]) -> Encoding:
    """Read the whole stream once, and say how to decode it."""
    head = stream.read(CHUNK)
    for mark, name in MARKS:
        if head.startswith(mark):
            return Encoding(name)
    if wide := _without_mark(head):
        return Encoding(wide, is_guess=True)
    decoder = codecs.getincrementaldecoder("utf-8")()
    high = bytearray()
    is_utf8, chunk = True, head
    while chunk:
        if is_utf8:
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                is_utf8 = False
        if len(high) < CHUNK:
            high += chunk
        chunk = stream.read(CHUNK)
    if is_utf8:
        try:
            decoder.decode(b"", final=True)
            return Encoding("utf-8")
        except UnicodeDecodeError:
            pass
    return Encoding(_single_byte(bytes(high)), is_guess=True)


def _without_mark(head: bytes) -> str | None:
    """UTF-16 without a mark shows as zeros in every second place."""
    sample = head[:4000]
    if len(sample) < 8:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > half * 0.4 and even < half * 0.05:
        return "utf-16-le"
    if even > half * 0.4 and odd < half * 0.05:
        return "utf-16-be"
    return None


def _single_byte(text: bytes) -> str:
    """Cyrillic writes whole words in high bytes; Western accents stand alone."""
    runs = [len(run) for run in re.findall(rb"[\x80-\xff]+", text)]
    if runs and sum(runs) / len(runs) >= 2.5:
        return "windows-1251"
    if any(byte in text for byte in (b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d")):
        return "latin-1"  # bytes that windows-1252 leaves empty
    return "windows-1252"
