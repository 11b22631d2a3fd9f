"""Files of data sets, plain, gzipped or zipped: what a user named, its digest, and its text as one stream of bytes."""

from __future__ import annotations

import codecs
import glob
import gzip
import hashlib
import io
import os
import re
import zipfile
import zlib
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Any, BinaryIO

from amity.errors import InputError

TEXTS = (".csv", ".tsv", ".tab", ".txt")
ENDINGS = (*TEXTS, ".gz", ".zip")
"""What files of data sets are called; others in a folder are passed over, and all but texts in a zip file."""

UNWRITTEN = (b"\0", b"\x1f")
"""Bytes that no text has; the second parts what `columns.together` joins."""

RATIO = 200
"""How many times its packed size a file may reach, from `FREE` bytes on: real tables stay under forty."""
FREE = 1 << 24
CHUNK = 1 << 20

_UNPACKED_BADLY = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError)
_STRAY = re.compile("[\udc80-\udcff]")

Advance = Callable[[int], None]
"""Told how many bytes of a file have been read since the last time."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file, or a folder whose files belong together."""

    path: Path

    @property
    def name(self) -> str:
        """As it is shown."""
        return "".join(sign if sign.isprintable() else "?" for sign in str(self.path))

    @property
    def files(self) -> tuple[Path, ...]:
        """The file, or those of the folder, in order."""
        return tuple(_within(self.path, deep=False)) if self.path.is_dir() else (self.path,)

    @property
    def size(self) -> int:
        """Bytes on disk."""
        return sum(file.stat().st_size for file in self.files)

    def digest(self) -> str:
        """A hash of what is in it, 24 hexadecimal digits.

        Raises:
            InputError: when it cannot be read.
        """
        whole = hashlib.sha256()
        with _reading(self.name):
            for file in self.files:
                with file.open("rb") as stream:
                    whole.update(hashlib.file_digest(stream, "sha256").digest())
        return whole.hexdigest()[:24]

    def texts(self, advance: Advance = lambda size: None) -> Generator[tuple[str, io.RawIOBase], None, None]:
        """Each text file in it with its name (`.gz` taken off), to be read before the next: UTF-8 without byte-order
        mark and `UNWRITTEN` bytes; those that are no UTF-8 are taken for Windows-1252.

        Raises:
            InputError: when it cannot be read or unpacked, or unpacks to what no data set would.
        """
        for file in self.files:
            with _reading(self.name if file == self.path else f"{self.name}: {file.name}"), file.open("rb") as raw:
                yield from _unpacked(file, _Watched(raw, advance))

    def first(self) -> Iterator[tuple[str, io.RawIOBase]]:
        """The first text file in it, if there is one."""
        texts = self.texts()
        yield from islice(texts, 1)
        texts.close()


def named(specs: Sequence[str], folders: bool) -> Iterator[Source | InputError]:
    """The sources that a user named: files, folders, globs. With `folders` a folder is one source, else its files are.

    A file that belongs to a folder (`folders`) stands for that folder.
    """
    seen: set[Path] = set()
    for spec in specs:
        for found in _found(spec, folders):
            if isinstance(found, InputError):
                yield found
            elif (real := found.resolve()) not in seen:
                seen.add(real)
                yield Source(found)


def _found(spec: str, folders: bool) -> Iterator[Path | InputError]:
    path = Path(spec).expanduser()
    if path.exists():
        matches = [path]
    elif glob.has_magic(spec):
        matches = [Path(one) for one in sorted(glob.glob(str(path), recursive=True))]  # noqa: PTH207 (absolute too)
    else:
        matches = []
    if not matches:
        yield InputError(Source(path).name, "is no file, no folder, and matches none")
    for match in matches:
        if folders:
            yield match if match.is_dir() or match.suffix == ".zip" else match.parent
        elif match.is_dir():
            files: list[Path | InputError] = [*_within(match, deep=True)]
            yield from files or [InputError(Source(match).name, f"holds no file that ends in {', '.join(ENDINGS)}")]
        elif match.is_file():
            yield match
        else:
            yield InputError(Source(match).name, "is no regular file")


def _within(folder: Path, deep: bool) -> Iterator[Path]:
    """Files of data sets in a folder, sorted, hidden ones left out."""
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if deep and not name.startswith("."))
        yield from (Path(parent, name) for name in sorted(names) if _belongs(name))


def _belongs(name: str, endings: tuple[str, ...] = ENDINGS) -> bool:
    return name.lower().endswith(endings) and not name.startswith((".", "__"))


def _unpacked(file: Path, raw: _Watched) -> Iterator[tuple[str, io.RawIOBase]]:
    size = file.stat().st_size
    if file.suffix.lower() == ".zip":
        with zipfile.ZipFile(raw) as packed:
            members = [
                one for one in packed.infolist() if not one.is_dir() and _belongs(Path(one.filename).name, TEXTS)
            ]
            if not members:
                raise InputError(file.name, f"holds no file that ends in {', '.join(TEXTS)}")
            for member in sorted(members, key=lambda one: one.filename):
                name = Path(member.filename).name  # nothing is ever written under it
                with packed.open(member) as inner:
                    yield name, _Text(inner, f"{file.name}: {name}", RATIO * max(member.compress_size, 1))
    elif file.suffix.lower() == ".gz":
        with gzip.open(raw) as inner:
            yield file.name[:-3], _Text(inner, file.name, RATIO * size)
    else:
        yield file.name, _Text(raw, file.name)


class _Watched(io.BufferedReader):
    """A file that tells how far it has been read."""

    def __init__(self, raw: BinaryIO, advance: Advance) -> None:
        super().__init__(raw, CHUNK)  # type: ignore[arg-type]
        self._advance = advance

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(size)
        self._advance(len(data))
        return data


class _Text(io.RawIOBase):
    """Bytes of clean UTF-8 from bytes of any sort; stops with `InputError` where more comes out than may be true."""

    def __init__(self, inner: IO[bytes] | gzip.GzipFile, name: str, most: int | None = None) -> None:
        self._inner = inner
        self._name = name
        self._most = max(most, FREE) if most is not None else None
        self._size = 0
        self._decoder: codecs.IncrementalDecoder | None = None
        self._begun = False
        self._left = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        """Fill a buffer as far as it goes; 0 at the end."""
        while not self._left:
            with _reading(self._name):
                data = self._inner.read(CHUNK)
            self._size += len(data)
            if self._most is not None and self._size > self._most:
                raise InputError(self._name, f"unpacks to more than {RATIO} times its size: no table does")
            self._left = memoryview(self._clean(data))
            if not data:
                break
        taken = self._left[: len(buffer)]
        buffer[: len(taken)] = taken
        self._left = self._left[len(taken) :]
        return len(taken)

    def _clean(self, data: bytes) -> bytes:
        if not self._begun and data:
            self._begun = True
            if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
                raise InputError(self._name, "is UTF-16; save it as UTF-8")
            data = data.removeprefix(codecs.BOM_UTF8)
        if any(sign in data for sign in UNWRITTEN):
            data = data.translate(None, b"".join(UNWRITTEN))
        if self._decoder is None:
            if data.isascii():
                return data
            self._decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
        text = self._decoder.decode(data, final=not data)
        if not self._decoder.getstate()[0]:
            self._decoder = None
        try:
            return text.encode()
        except UnicodeEncodeError:
            return _STRAY.sub(_western, text).encode()


def _western(stray: re.Match[str]) -> str:
    """A byte that is no UTF-8 as the character that Windows-1252 has for it."""
    return bytes([ord(stray[0]) - 0xDC00]).decode("cp1252", "replace")


@contextmanager
def _reading(name: str) -> Iterator[None]:
    """What goes wrong with a file as one line that names it."""
    try:
        yield
    except OSError as error:
        raise InputError(name, error.strerror or str(error)) from None
    except _UNPACKED_BADLY as error:
        raise InputError(name, f"cannot be unpacked ({error})") from None
