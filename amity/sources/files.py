"""Files, folders and globs."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from amity.errors import InputError
from amity.ingest import Limits, Raw, receive
from amity.ingest.metadata import printable
from amity.ingest.raw import EXTENSIONS, XML, extension


@dataclass(frozen=True, slots=True)
class Skipped:
    """Files of a folder that were passed over, counted: hidden ones, and ones of types that amity does not read."""

    folder: str
    hidden: int
    unsupported: int


def read_path(spec: str, limits: Limits) -> Iterator[Raw | Skipped | InputError]:
    """A file, a folder's files in sorted order, or what a glob matches."""
    path = Path(spec).expanduser()
    if path.is_dir():
        yield from _read_folder(path, limits)
    elif path.exists() or not glob.has_magic(spec):
        yield _read_file(path, limits)
    else:
        yield from _read_glob(spec, limits)


def _read_glob(spec: str, limits: Limits) -> Iterator[Raw | Skipped | InputError]:
    matches = sorted(glob.glob(str(Path(spec).expanduser()), recursive=True))  # noqa: PTH207 (absolute patterns too)
    if not matches:
        raise InputError(printable(spec), "matches no file")
    for match in matches:
        path = Path(match)
        if path.is_dir():
            if "**" not in spec:
                yield from _read_folder(path, limits)
        else:
            yield _read_file(path, limits)


def _read_folder(folder: Path, limits: Limits) -> Iterator[Raw | Skipped | InputError]:
    hidden = unsupported = 0
    for parent, folders, names in os.walk(folder):
        hidden += sum(name.startswith(".") for name in (*folders, *names))
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.startswith("."):
                continue
            item = _read_file(Path(parent, name), limits) if extension(name) in EXTENSIONS else None
            if item is None or (isinstance(item, Raw) and item.media_type == XML):
                unsupported += 1
            else:
                yield item
    if hidden or unsupported:
        yield Skipped(printable(str(folder)), hidden, unsupported)


def _read_file(path: Path, limits: Limits) -> Raw | InputError:
    name = printable(os.fsencode(path).decode("utf-8", "backslashreplace"))
    try:
        if path.exists() and not path.is_file():
            return InputError(name, "is no regular file")
        return receive(name, path.open("rb"), limits=limits)
    except InputError as error:
        return error
    except OSError as error:
        return InputError(name, error.strerror or str(error))
    except ValueError as error:
        return InputError(name, str(error))
