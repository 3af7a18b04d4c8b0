"""A zip file made at once, byte for byte as Python's own zipfile makes it.

A report has dozens of parts, most of them the same in every report. Packing these again each time, and
opening each entry as a file, took longer than packing what is new.
"""

import struct
import zlib
from collections.abc import Iterable
from functools import lru_cache

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s4B4H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_VERSION = 20
_UNIX = 3
_UTF_8 = 0x800
_MODE = 0o600 << 16  # the owner alone may read and write
_DATE = 1 << 5 | 1  # the first of January 1980, at midnight
_STORED, _DEFLATED = 0, 8
SMALL, QUICK = 6, 3  # how hard deflate tries: for what is made once; for reports, in a fifth of the time
_REMEMBERED_SIZE = 64 * 1024  # as many bytes of a part, and as many parts, are remembered packed
_REMEMBERED = 64


def zipped(entries: Iterable[tuple[str, bytes, bool]], level: int = SMALL) -> bytes:
    """A zip file.

    Args:
        entries: the name and the content of each, and whether it is packed; fewer than 65,536, of less than
            two gigabytes in all.
        level: how hard to pack, from 1 to 9.
    """
    pieces: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for name, data, packed in entries:
        content = _packed(data, level) if packed else data
        encoded, flag = (name.encode(), 0) if name.isascii() else (name.encode(), _UTF_8)
        method, sizes = _DEFLATED if packed else _STORED, (len(content), len(data))
        shared = (0, flag, method, 0, _DATE, zlib.crc32(data), *sizes, len(encoded), 0)
        local = _LOCAL.pack(b"PK\3\4", _VERSION, *shared[1:]) + encoded
        directory.append(
            _CENTRAL.pack(b"PK\1\2", _VERSION, _UNIX, _VERSION, *shared, 0, 0, 0, _MODE, offset) + encoded
        )
        pieces += local, content
        offset += len(local) + len(content)
    listed = b"".join(directory)
    end = _END.pack(b"PK\5\6", 0, 0, len(directory), len(directory), len(listed), offset, 0)
    return b"".join((*pieces, listed, end))


def _packed(data: bytes, level: int) -> bytes:
    return _packed_once(data, level) if len(data) <= _REMEMBERED_SIZE else _deflated(data, level)


def _deflated(data: bytes, level: int) -> bytes:
    packer = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


_packed_once = lru_cache(maxsize=_REMEMBERED)(_deflated)
