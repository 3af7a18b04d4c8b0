"""A zip archive whose entries can be replaced while all others keep their compressed bytes."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

from lkt.workbook.patch.errors import unreadable
from lkt.workbook.zips import ZIP_DAMAGE

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_LOCAL_NAMES = struct.Struct("<2H")
_UTF8 = 0x800
_DESCRIPTOR = 0x8  # the sizes follow the data; here they always stand in the header
_ZIP64 = 1
_LIMIT = 0xFFFF
_STAMP = (1980, 1, 1, 0, 0, 0)


class Archive:
    """The entries of a zip file.

    Args:
        data: the file.

    Raises:
        UnreadableWorkbookError: it is not a zip file.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except ZIP_DAMAGE:
            raise unreadable("bukan arsip zip") from None
        self._infos = dict(self._zip.NameToInfo)

    def names(self) -> list[str]:
        """The names of the entries in their order; of entries with one name only the last counts."""
        return [info.filename for info in self._zip.infolist() if self._infos[info.filename] is info]

    def read(self, name: str) -> bytes:
        """The unpacked content of an entry.

        Raises:
            UnreadableWorkbookError: it is damaged or encrypted.
        """
        try:
            return self._zip.read(self._infos[name])
        except ZIP_DAMAGE:
            raise unreadable(f"bagian “{name}” tidak dapat dibuka") from None

    def replaced(self, changes: Mapping[str, bytes | None]) -> bytes:
        """The file with some entries replaced, added at the end, or left out where the change is None."""
        kept = [name for name in self.names() if changes.get(name, b"") is not None]
        added = [name for name, content in changes.items() if name not in self._infos and content is not None]
        writer = _Writer()
        for name in kept + added:
            content = changes.get(name)
            if content is None:
                writer.add(self._infos[name], self._raw(self._infos[name]))
            else:
                writer.add(*_packed(self._infos.get(name), name, content))
        return writer.finish()

    def _raw(self, info: zipfile.ZipInfo) -> bytes:
        """The compressed bytes of an entry as they stand in the file."""
        name_length, extra_length = _LOCAL_NAMES.unpack_from(self._data, info.header_offset + 26)
        start = info.header_offset + _LOCAL.size + name_length + extra_length
        return self._data[start : start + info.compress_size]


def _packed(old: zipfile.ZipInfo | None, name: str, content: bytes) -> tuple[zipfile.ZipInfo, bytes]:
    """A new entry; one that replaces another keeps its date and attributes."""
    info = zipfile.ZipInfo(name, old.date_time if old else _STAMP)
    info.flag_bits = old.flag_bits & _UTF8 if old else 0 if name.isascii() else _UTF8
    info.create_system = old.create_system if old else 0
    info.external_attr = old.external_attr if old else 0
    packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    raw = packer.compress(content) + packer.flush()
    info.compress_type = zipfile.ZIP_DEFLATED
    info.CRC, info.file_size, info.compress_size = zlib.crc32(content), len(content), len(raw)
    return info, raw


class _Writer:
    """Lays entries one after the other and lists them at the end."""

    def __init__(self) -> None:
        self._body = bytearray()
        self._directory = bytearray()
        self._count = 0

    def add(self, info: zipfile.ZipInfo, raw: bytes) -> None:
        name = info.orig_filename.encode("utf-8" if info.flag_bits & _UTF8 else "cp437")
        extra, offset = _without_zip64(info.extra), len(self._body)
        flags = info.flag_bits & ~_DESCRIPTOR
        common = (info.extract_version, flags, info.compress_type, *_dos_time(info.date_time))
        sizes = (info.CRC, info.compress_size, info.file_size)
        self._body += _LOCAL.pack(b"PK\x03\x04", *common, *sizes, len(name), 0) + name + raw
        made_by = info.create_version | info.create_system << 8
        lengths = (len(name), len(extra), len(info.comment))
        places = (0, info.internal_attr, info.external_attr, offset)
        self._directory += _CENTRAL.pack(b"PK\x01\x02", made_by, *common, *sizes, *lengths, *places)
        self._directory += name + extra + info.comment
        self._count += 1

    def finish(self) -> bytes:
        if self._count > _LIMIT:
            raise unreadable("terlalu banyak bagian")
        totals = (self._count, self._count, len(self._directory), len(self._body), 0)
        return bytes(self._body + self._directory + _END.pack(b"PK\x05\x06", 0, 0, *totals))


def _dos_time(stamp: tuple[int, int, int, int, int, int]) -> tuple[int, int]:
    year, month, day, hour, minute, second = stamp
    return hour << 11 | minute << 5 | second // 2, (year - 1980) << 9 | month << 5 | day


def _without_zip64(extra: bytes) -> bytes:
    """The extra fields but the one for sizes, which fit into the plain header here."""
    kept, position = b"", 0
    while position + 4 <= len(extra):
        kind, length = _LOCAL_NAMES.unpack_from(extra, position)
        if kind != _ZIP64:
            kept += extra[position : position + 4 + length]
        position += 4 + length
    return kept
