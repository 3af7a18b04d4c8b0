"""Files read with care: no folder, no device, nothing endless; and in words why one cannot be read."""

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

from lkt.errors import LktError

MOST_BYTES = 200 * 1024 * 1024
"""Of a file that is read whole; thirty photos straight from a phone stay under it."""

_WHY = {
    errno.ENOSPC: "disk penuh",
    errno.EDQUOT: "jatah ruang disk sudah habis",
    errno.EFBIG: "berkasnya lebih besar daripada yang diizinkan",
    errno.EROFS: "disk atau foldernya hanya dapat dibaca",
    errno.EACCES: "izinnya tidak ada",
    errno.EPERM: "izinnya tidak ada",
    errno.ENAMETOOLONG: "nama atau foldernya terlalu panjang",
    errno.ENOTDIR: "foldernya tidak ada",
    errno.ENOENT: "berkas atau foldernya tidak ada",
    errno.ELOOP: "tautannya berputar-putar",
    errno.EIO: "disk tidak dapat dibaca atau ditulis; mungkin rusak atau sudah dicabut",
    errno.EMFILE: "terlalu banyak berkas yang sedang terbuka",
    errno.EBUSY: "sedang dipakai program lain",
    errno.ETXTBSY: "sedang dipakai program lain",
}


def why(error: OSError) -> str:
    """Why the system refused something, in Indonesian where that is known."""
    return _WHY.get(error.errno or 0) or error.strerror or type(error).__name__


def is_there(path: Path) -> bool:
    """Whether there is something of that name; a name that no file can have is not there."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def is_folder(path: Path) -> bool:
    """Whether it is a folder that can be seen."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def fitting(name: str, most: int = 200) -> str:
    """The beginning of a name that has no more bytes than fit into any file system, with some to spare."""
    return name.encode(errors="surrogateescape")[:most].decode(errors="ignore").rstrip()


def read_file(path: Path, what: str = "Berkas", error: type[LktError] = LktError) -> bytes:
    """A file whole.

    Args:
        path: where it is.
        what: what the user calls it, to begin a sentence.
        error: what is raised.

    Raises:
        LktError: of the kind ``error``: it is missing, closed, no plain file, or larger than any that is
            read here.
    """
    try:
        with _opened(path) as file:
            kind = os.fstat(file.fileno())
            if not stat.S_ISREG(kind.st_mode):
                raise error(f"“{path}” bukan berkas biasa.", hint="Sebutkan berkas yang tersimpan di disk.")
            data = _whole(file, kind.st_size) if kind.st_size <= MOST_BYTES else b""
    except FileNotFoundError:
        raise error(f"{what} “{path}” tidak ditemukan.", hint="Periksa nama dan foldernya.") from None
    except IsADirectoryError:
        raise error(f"“{path}” adalah folder.", hint="Sebutkan berkas di dalamnya.") from None
    except PermissionError:
        raise error(
            f"{what} “{path}” tidak boleh dibaca.",
            hint="Tutup dahulu bila sedang terbuka di Excel atau Word, atau periksa izin foldernya.",
        ) from None
    except OSError as trouble:
        raise error(f"{what} “{path}” tidak dapat dibaca: {why(trouble)}.") from None
    if kind.st_size > MOST_BYTES or len(data) > MOST_BYTES:
        raise error(
            f"“{path}” terlalu besar (lebih dari {MOST_BYTES // 1024**2} MB).",
            hint="Hapus lembar, gambar, atau baris yang tidak dipakai, lalu simpan ulang.",
        )
    return data


def _whole(file: BinaryIO, size: int) -> bytes:
    """All of a file that had so many bytes a moment ago, or one byte more than is read of any.

    To ask for the most that is read makes room for it each time, most of it for nothing.
    """
    data = file.read(size + 1)
    return data if len(data) <= size else data + file.read(MOST_BYTES + 1 - len(data))


def _opened(path: Path) -> BinaryIO:
    """The file open to be read; a pipe that nobody writes to is opened at once, and then refused."""
    if is_folder(path):
        raise IsADirectoryError
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(path, flags), "rb")
