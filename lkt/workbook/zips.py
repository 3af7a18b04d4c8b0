"""A zip file that somebody else made: opened and read within bounds, whatever its directory claims."""

import io
import struct
import zipfile
import zlib
from enum import Enum, auto

_MOST_ENTRIES = 20_000  # a workbook or report has dozens; each costs memory before anything is read
_ENCRYPTED = 0x1
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})  # the only two that Office files may use

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
    """What keeps a zip file from being read."""

    DAMAGED = auto()
    PROTECTED = auto()
    TOO_LARGE = auto()


class ZipTroubleError(Exception):
    """A zip file cannot be read; ``trouble`` tells why."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.name)
        self.trouble = trouble


class BoundedZip(zipfile.ZipFile):
    """A zip file of which no entry unpacks to more than it declares."""

    def read(self, name: str | zipfile.ZipInfo, pwd: bytes | None = None) -> bytes:
        """The content of an entry.

        The plain ``read`` unpacks all of it before it compares the size with the one that is declared, so
        that a small lie becomes gigabytes; with a limit it unpacks no more than that.
        """
        entry = name if isinstance(name, zipfile.ZipInfo) else self.getinfo(name)
        with self.open(entry, pwd=pwd) as file:
            data = file.read(entry.file_size)
            if len(data) != entry.file_size or file.read(1):
                raise zipfile.BadZipFile("an entry is not of the size that it declares")
            return data


def open_zip(data: bytes, most: int) -> BoundedZip:
    """The zip file in ``data``, whose entries together unpack to ``most`` bytes at most.

    Raises:
        ZipTroubleError: it is damaged, protected by a password, or unpacks to more.
    """
    try:
        archive = BoundedZip(io.BytesIO(data))
    except ZIP_DAMAGE:
        raise ZipTroubleError(Trouble.DAMAGED) from None
    entries = archive.infolist()
    if len(entries) > _MOST_ENTRIES or sum(entry.file_size for entry in entries) > most:
        raise ZipTroubleError(Trouble.TOO_LARGE)
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise ZipTroubleError(Trouble.PROTECTED)
    nameless = not all(entry.filename for entry in entries)
    overlapping = sum(entry.compress_size for entry in entries) > len(data)
    if nameless or overlapping or not {entry.compress_type for entry in entries} <= _METHODS:
        raise ZipTroubleError(Trouble.DAMAGED)
    return archive
