"""Files that somebody else made, read within bounds: zip archives, and numbers in XML."""

import io
import re
import struct
import zipfile
import zlib
from enum import Enum, auto

# A zip file that somebody else made: opened and read within bounds, whatever its directory claims ---------


MOST_ENTRIES = 20_000
"""Of a zip file; a workbook or report has dozens, and each costs memory before anything is read."""

MOST_RATIO = 200
"""Unpacked bytes to a packed one, once they are more than some megabytes; sheets stay under 50."""

_SMALL = 10 * 1024 * 1024  # a file that unpacks to less is never a bomb
_ENCRYPTED, _UTF_8 = 0x1, 0x800
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})  # the only two that Office files may use
_HEADER = 30  # bytes before the name in the header of an entry

ZIP_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    RuntimeError,
    NotImplementedError,
    EOFError,
    OSError,
    KeyError,
    ValueError,
    OverflowError,
)
"""What the reading of an entry may raise."""


class Trouble(Enum):
    """What keeps a file from being read."""

    DAMAGED = auto()
    PROTECTED = auto()
    TOO_LARGE = auto()
    FOREIGN = auto()
    STRICT = auto()


class ZipTroubleError(Exception):
    """A zip file cannot be read; ``trouble`` tells why."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.name)
        self.trouble = trouble


class BoundedZip(zipfile.ZipFile):
    """A zip file in memory of which no entry unpacks to more than it declares.

    Args:
        data: the whole file.
    """

    def __init__(self, data: bytes) -> None:
        super().__init__(io.BytesIO(data))
        for entry in self.infolist():
            _accept_spelling(entry, data)

    def read(self, name: str | zipfile.ZipInfo, pwd: bytes | None = None) -> bytes:
        """The content of an entry.

        ``ZipFile.read`` unpacks everything before it compares the size with the declared one, so that a
        small lie becomes gigabytes.
        """
        entry = name if isinstance(name, zipfile.ZipInfo) else self.getinfo(name)
        with self.open(entry, pwd=pwd) as stream:
            content = stream.read(entry.file_size + 1)
        if len(content) != entry.file_size:
            raise zipfile.BadZipFile("an entry is not as long as it declares")
        return content


def _accept_spelling(entry: zipfile.ZipInfo, data: bytes) -> None:
    """Let the header of an entry spell its name in another case or with backslashes, as some programs do."""
    start = entry.header_offset + _HEADER
    length = int.from_bytes(data[start - 4 : start - 2], "little")
    encoding = "utf-8" if entry.flag_bits & _UTF_8 else "cp437"
    name = data[start : start + length].decode(encoding, "replace")
    if part_key(name) == part_key(entry.orig_filename):
        entry.orig_filename = name


def part_key(name: str) -> str:
    """The name of a part as names are compared: without regard to case, leading slash or kind of slash."""
    return name.replace("\\", "/").lstrip("/").casefold()


def open_zip(data: bytes, most: int) -> BoundedZip:
    """The zip file in ``data``, whose entries together unpack to ``most`` bytes at most.

    Raises:
        ZipTroubleError: it is damaged, protected by a password, or unpacks to more.
    """
    try:
        archive = BoundedZip(data)
    except ZIP_DAMAGE:
        raise ZipTroubleError(Trouble.DAMAGED) from None
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if len(entries) > MOST_ENTRIES or unpacked > most or unpacked > _SMALL + MOST_RATIO * len(data):
        raise ZipTroubleError(Trouble.TOO_LARGE)
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise ZipTroubleError(Trouble.PROTECTED)
    sound = all(entry.compress_type in _METHODS and entry.filename for entry in entries)
    if not sound or packed > len(data):  # entries that overlap pack more than there is
        raise ZipTroubleError(Trouble.DAMAGED)
    return archive


# Numbers in the XML of other people's files, where anything may stand in place of one ---------------------


_WHOLE = re.compile(r"[+-]?[0-9]{1,15}")
_LARGEST = 1e9


def whole(text: str | None, default: int = 0) -> int:
    """A whole number of fifteen digits at most; ``default`` for anything else."""
    found = _WHOLE.fullmatch((text or "").strip())
    return int(found[0]) if found else default


def measure(text: str | None, default: float = 0.0) -> float:
    """A width or height; ``default`` where there is none, or none that anything could have."""
    try:
        found = float(text or "")
    except ValueError:
        return default
    return found if 0 <= found <= _LARGEST else default  # nothing that is compared with NaN is true
