"""A source is a file, a folder or a zip; here it becomes a list of plain files."""

import io
import struct
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, cast

from gishe.exchange.reading.errors import ReadError
from gishe.exchange.reading.limits import DEFAULT, MEGABYTE, Limits

KNOWN = {".csv", ".tsv", ".txt", ".json"}
# What zipfile says of archives that are none.
BROKEN = (
    zipfile.BadZipFile,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    struct.error,
    OverflowError,
)
NOT_OURS = {"__macosx", ".git"}


@dataclass(frozen=True)
class Member:
    """One file of a source."""

    name: str  # as a person would call it: resources/services.csv
    size: int

    @property
    def stem(self) -> str:
        return PurePosixPath(self.name).stem

    @property
    def kind(self) -> str:
        return PurePosixPath(self.name).suffix.lower()


class Container:
    """A source that is open: its files, each read within the limits."""

    def __init__(
        self,
        name: str,
        members: list[Member],
        source: Path | zipfile.ZipFile,
        limits: Limits,
    ) -> None:
        self.name, self.members, self.limits = name, members, limits
        self._source = source

    @contextmanager
    def open(self, member: Member) -> Iterator[IO[bytes]]:
        """The bytes of one file; reading past its limit raises."""
        most = min(self.limits.file_bytes, member.size)
        with self._stream(member) as stream:
            bounded = _Bounded(stream, member.name, most)
            yield cast(IO[bytes], io.BufferedReader(bounded))

    def _stream(self, member: Member) -> IO[bytes]:
        try:
            if isinstance(self._source, zipfile.ZipFile):
                return self._source.open(member.name)
            if self._source.is_dir():
                return (self._source / member.name).open("rb")
            return self._source.open("rb")
        except BROKEN as error:
            raise ReadError("file_broken", file=member.name, error=error) from error


class _Bounded(io.RawIOBase):
    """A stream that refuses to give more than was promised."""

    def __init__(self, stream: IO[bytes], name: str, most: int) -> None:
        self._stream, self._name, self._left = stream, name, most

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            data = self._stream.read(len(buffer))
        except ReadError:
            raise
        except Exception as error:  # a broken deflate stream says many things
            raise ReadError("file_broken", file=self._name, error=error) from error
        self._left -= len(data)
        if self._left < 0:
            raise ReadError("file_grew", file=self._name)
        buffer[: len(data)] = data
        return len(data)


@contextmanager
def opened(path: Path, limits: Limits = DEFAULT) -> Iterator[Container]:
    """Open a file, folder or zip; refuse what is too big or points outside."""
    if path.is_dir():
        yield Container(path.name, _in_folder(path, limits), path, limits)
        return
    if not path.is_file():
        raise ReadError("no_such_file", file=path.name)
    if not zipfile.is_zipfile(path):
        member = Member(path.name, path.stat().st_size)
        _check_sizes([member], limits)
        if member.kind == ".zip":
            raise ReadError("file_broken", file=path.name, error="not a zip")
        yield Container(path.name, [member], path, limits)
        return
    try:
        archive = zipfile.ZipFile(path)
    except BROKEN as error:
        raise ReadError("file_broken", file=path.name, error=error) from error
    with archive:
        yield Container(path.name, _in_zip(archive, limits), archive, limits)


def _in_folder(folder: Path, limits: Limits) -> list[Member]:
    """Plain files of the folder and the folders directly in it; no links."""
    found: list[Member] = []
    for path in sorted([*folder.glob("*"), *folder.glob("*/*")]):
        if len(found) > limits.members:
            raise ReadError("too_many_files", most=limits.members)
        if path.is_symlink() or not path.is_file() or path.suffix.lower() not in KNOWN:
            continue
        name = path.relative_to(folder).as_posix()
        found.append(Member(name, path.stat().st_size))
    _check_sizes(found, limits)
    if not found:
        raise ReadError("nothing_to_read", file=folder.name)
    return found


def _in_zip(archive: zipfile.ZipFile, limits: Limits) -> list[Member]:
    infos = archive.infolist()
    if len(infos) > limits.members:
        raise ReadError("too_many_files", most=limits.members)
    found: list[Member] = []
    total = 0
    for info in infos:
        _check_name(info.filename)
        total += info.file_size
        if total > limits.total_bytes:
            raise ReadError("too_big_unpacked", most=_megabytes(limits.total_bytes))
        # Tiny files of zeros pack well and harm nobody.
        allowed = MEGABYTE + info.compress_size * limits.ratio
        if info.file_size > allowed:
            raise ReadError("zip_bomb", file=info.filename)
        if info.flag_bits & 0x1:
            raise ReadError("zip_encrypted", file=info.filename)
        parts = {part.lower() for part in PurePosixPath(info.filename).parts}
        member = Member(info.filename, info.file_size)
        if not info.is_dir() and member.kind in KNOWN and not parts & NOT_OURS:
            found.append(member)
    _check_sizes(found, limits)
    if not found:
        raise ReadError("nothing_to_read", file=archive.filename or "zip")
    return found


def _check_name(name: str) -> None:
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in name or "\0" in name:
        raise ReadError("zip_points_outside", file=name[:80])


def _check_sizes(members: list[Member], limits: Limits) -> None:
    for member in members:
        is_json = member.kind == ".json"
        most = limits.json_bytes if is_json else limits.file_bytes
        if member.size > most:
            code = "json_too_big" if is_json else "file_too_big"
            raise ReadError(code, file=member.name, most=_megabytes(most))


def _megabytes(count: int) -> int:
    return count // MEGABYTE
