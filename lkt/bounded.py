"""Files that somebody else made, read within bounds: zip archives, and numbers in XML."""

import io
import re
import struct
import zipfile
import zlib
from enum import Enum, auto

# A zip file that somebody else made: opened and read within bounds, whatever its directory claims ---------


_MOST_ENTRIES = 20_000  # a workbook or report has dozens; each costs memory before anything is read
_ENCRYPTED, _UTF_8 = 0x1, 0x800
_UNREADABLE = _ENCRYPTED | 0x20 | 0x40  # packed as a patch; strongly encrypted
_LOCAL = struct.Struct("<4s2xH18xHH")
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
    """A zip file in memory of which no entry unpacks to more than it declares.

    Args:
        data: the whole file.
    """

    def __init__(self, data: bytes) -> None:
        super().__init__(io.BytesIO(data))
        self._data = data

    def read(self, name: str | zipfile.ZipInfo, pwd: bytes | None = None) -> bytes:
        """The content of an entry.

        The plain ``read`` unpacks all of it before it compares the size with the one that is declared, so
        that a small lie becomes gigabytes; and it opens each entry as a file, which for the small ones of
        a workbook takes longer than unpacking them.
        """
        entry = name if isinstance(name, zipfile.ZipInfo) else self.getinfo(name)
        if pwd is not None or entry.flag_bits & _UNREADABLE:
            raise NotImplementedError("an entry is encrypted")
        content = _unpacked(self._packed(entry), entry)
        if len(content) != entry.file_size or zlib.crc32(content) != entry.CRC:
            raise zipfile.BadZipFile("an entry is not what it declares")
        return content

    def _packed(self, entry: zipfile.ZipInfo) -> bytes:
        """The bytes behind the entry's own header, which repeats its name and has a field of its own."""
        signature, flags, name_size, extra_size = _LOCAL.unpack_from(self._data, entry.header_offset)
        begin = entry.header_offset + _LOCAL.size
        name = self._data[begin : begin + name_size].decode("utf-8" if flags & _UTF_8 else "cp437")
        if signature != b"PK\3\4" or name != entry.orig_filename:
            raise zipfile.BadZipFile("an entry is not where it is said to be")
        begin += name_size + extra_size
        return self._data[begin : begin + entry.compress_size]


def _unpacked(packed: bytes, entry: zipfile.ZipInfo) -> bytes:
    """At most one byte more than the entry declares."""
    if entry.compress_type == zipfile.ZIP_STORED:
        return packed
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        raise NotImplementedError("packed in a way that no Office file is")
    return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, entry.file_size + 1)


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
    unpacked = packed = flags = 0
    sound = True
    for entry in entries:
        unpacked += entry.file_size
        packed += entry.compress_size
        flags |= entry.flag_bits
        sound = sound and entry.compress_type in _METHODS and bool(entry.filename)
    if len(entries) > _MOST_ENTRIES or unpacked > most:
        raise ZipTroubleError(Trouble.TOO_LARGE)
    if flags & _ENCRYPTED:
        raise ZipTroubleError(Trouble.PROTECTED)
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
