"""Files: read with bounds, written aside and then moved into place."""

import contextlib
import errno
import hashlib
import itertools
import os
import re
import stat
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import BinaryIO

from lkt.errors import LktError, OpenElsewhereError, OutputError, TakenError

# Where a report comes from: the files that it was made of, by name and digest -----------------------------


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as it was read: its name without folders, and the SHA-256 of its bytes in hexadecimal."""

    nama: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Origin:
    """What a report is made from.

    Attributes:
        buku_kerja: the workbook.
        previous: those of the quarters before that it was compared with.
        pictures: the SHA-256 of all picture files that the workbook names, in hexadecimal; empty without any.
    """

    buku_kerja: SourceFile
    previous: tuple[SourceFile, ...] = ()
    pictures: str = ""


def source_file(path: Path | str, data: bytes) -> SourceFile:
    """The name and digest of a file that was read."""
    return SourceFile(Path(path).name, hashlib.sha256(data).hexdigest())


# Files read with care: no folder, no device, nothing endless; and in words why one cannot be read ---------

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
        LktError: of the kind ``error``: it is missing, may not be read, is no regular file, or is larger
            than ``MOST_BYTES``.
    """
    if is_folder(path):
        raise error(f"“{path}” adalah folder.", "Sebutkan berkas di dalamnya.")
    try:
        with open_regular(path) as file:
            large = os.fstat(file.fileno()).st_size > MOST_BYTES
            data = b"" if large else file.read(MOST_BYTES + 1)  # it may grow meanwhile
    except NotRegularError:
        raise error(f"“{path}” bukan berkas biasa.", "Sebutkan berkas yang tersimpan di disk.") from None
    except FileNotFoundError:
        raise error(f"{what} “{path}” tidak ditemukan.", "Periksa nama dan foldernya.") from None
    except PermissionError:
        hint = "Tutup dahulu bila sedang terbuka di Excel atau Word, atau periksa izin foldernya."
        raise error(f"{what} “{path}” tidak boleh dibaca.", hint) from None
    except OSError as trouble:
        raise error(f"{what} “{path}” tidak dapat dibaca: {why(trouble)}.") from None
    if large or len(data) > MOST_BYTES:
        hint = "Hapus lembar, gambar, atau baris yang tidak dipakai, lalu simpan ulang."
        raise error(f"“{path}” terlalu besar (lebih dari {MOST_BYTES // 1024**2} MB).", hint)
    return data


class NotRegularError(OSError):
    """What has that name is a folder, a pipe, a device or the like."""


def open_regular(path: Path, *, follow: bool = True) -> BinaryIO:
    """A regular file open to be read.

    Args:
        path: where it is.
        follow: whether the name may be a link; Windows follows one all the same.

    Raises:
        NotRegularError: it is something else.
        OSError: it cannot be opened.
    """
    # Without O_NONBLOCK a pipe would be waited for.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    handle = os.open(path, flags if follow else flags | getattr(os, "O_NOFOLLOW", 0))
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise NotRegularError
    return os.fdopen(handle, "rb")


# Writing output files: aside, then moved into place; an old file stays whole until the new one is ---------


def write_output(
    path: Path,
    data: bytes,
    *,
    replace: bool = False,
    keep: bool = True,
    expendable: Callable[[Path], bool] = lambda _: False,
) -> Path | None:
    """Write a file in one step.

    Args:
        path: where to.
        data: its content.
        replace: a file that is there already may be replaced; it is kept beside as ``.bak``, or as ``.bak2``
            and so on where older ones are kept.
        keep: whether the replaced file is kept at all.
        expendable: whether an older ``.bak`` holds nothing that is the user's, so that it may give way.

    Returns:
        The copy of the file that was replaced; None where there was none.

    Raises:
        OpenElsewhereError: another program holds the file that is there.
        TakenError: a file is there and may not be replaced, even one that came meanwhile.
        OutputError: the folder is missing or may not be written to, or the disk is full.
    """
    require_free(path, replace=replace)
    try:
        temporary = _written_aside(path.parent, data)
        try:
            if not replace:
                _take_free_name(temporary, path)
                return None
            backup = _backup(path, expendable) if keep and path.exists() else None
            try:
                temporary.replace(path)
            except PermissionError:
                if backup is not None:
                    backup.unlink()
                raise OpenElsewhereError(
                    f"“{path}” tidak dapat diganti.", "Tutup dahulu bila sedang terbuka di Word atau Excel."
                ) from None
            return backup
        finally:
            temporary.unlink(missing_ok=True)
            _settle(path.parent)
    except PermissionError:
        raise OutputError(
            f"“{path}” tidak dapat ditulis.",
            "Tutup dahulu bila sedang terbuka di Word atau Excel, atau pilih folder lain dengan --output.",
        ) from None
    except FileNotFoundError:
        raise OutputError(f"Folder “{path.parent}” tidak ada.", "Buat foldernya dahulu.") from None
    except OSError as error:
        raise OutputError(f"“{path}” tidak dapat ditulis: {why(error)}.") from None


def write_generated(path: Path, data: bytes) -> None:
    """Write a file that holds nothing but what the program can make again; an older one gives way.

    A file of equal content is left as it is.

    Raises:
        OutputError: it cannot be written.
    """
    there = path.is_file()
    if not (there and path.stat().st_size == len(data) and path.read_bytes() == data):
        write_output(path, data, replace=there, keep=False)


def require_free(path: Path, *, replace: bool) -> None:
    """Refuse a name that is taken, before work is done for it.

    Raises:
        OutputError: it is a folder, or a file that may not be replaced.
    """
    if is_folder(path):
        raise OutputError(f"“{path}” adalah folder.", "Sebutkan nama berkasnya.")
    if is_there(path) and not replace:
        raise _taken(path)


def _taken(path: Path) -> TakenError:
    hint = "Pakai nama lain, atau --force untuk menggantinya (yang lama disimpan sebagai .bak)."
    return TakenError(f"“{path}” sudah ada dan tidak diganti.", hint)


def require_folder(path: Path) -> None:
    """Refuse a file whose folder is missing, or whose name no file can have, before work is done for it.

    Raises:
        OutputError: the folder is not there, or the system refuses the name.
    """
    if not is_folder(path.parent):
        raise OutputError(f"Folder “{path.parent}” tidak ada.", "Buat foldernya dahulu.")
    try:
        path.exists()
    except OSError as error:
        raise OutputError(f"“{path}” tidak dapat ditulis: {why(error)}.") from None


def free_name(path: Path, mark: str) -> Path:
    """A name beside a file for a copy of it that replaces nothing: ``q1 (diperiksa).xlsx``, then ``… 2``.

    A copy of a copy keeps the mark once; a long name is cut.
    """
    stem = fitting(re.sub(rf" \({re.escape(mark)}( \d+)?\)$", "", path.stem))
    numbers = itertools.chain(("",), (f" {number}" for number in itertools.count(2)))
    names = (path.with_name(f"{stem} ({mark}{number}){path.suffix}") for number in numbers)
    return next(name for name in names if not is_there(name))


def require_suffix(path: Path, suffix: str) -> None:
    """Refuse a file name that another program would take for something else.

    Raises:
        OutputError: the name ends otherwise.
    """
    if path.suffix.lower() != suffix:
        raise OutputError(f"“{path}” harus berakhiran {suffix}.")


def lock_of(path: Path) -> Path | None:
    """The file by which Word, WPS or LibreOffice shows that it has this one open; None where there is none.

    Word puts ``~$`` before a short name, and in place of the first letters of a longer one.
    """
    name = path.name
    locks = (f"~${name}", f"~${name[1:]}", f"~${name[2:]}", f".~{name}", f".~lock.{name}#")
    return next((lock for lock in map(path.with_name, locks) if is_there(lock)), None)


def require_closed(path: Path) -> None:
    """Refuse to replace a workbook that is open in Excel, which would overwrite it again.

    Raises:
        OutputError: it is open.
    """
    if lock_of(path):
        raise OutputError(f"“{path}” sedang terbuka.", "Tutup dahulu di Excel, lalu jalankan lagi.")


def _written_aside(folder: Path, data: bytes) -> Path:
    """A temporary file in the folder, flushed to the disk; removed where that fails."""
    _sweep_once(folder)
    handle, name = tempfile.mkstemp(prefix=_PREFIX, suffix=_SUFFIX, dir=folder)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        mask = os.umask(0)
        os.umask(mask)
        temporary.chmod(0o666 & ~mask)  # as any new file; mkstemp gives rights to its owner alone
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _take_free_name(temporary: Path, path: Path) -> None:
    """Give the file its name unless another process took that name meanwhile."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise _taken(path) from None
    except (AttributeError, OSError):  # some file systems, such as that of most USB sticks, know no links
        temporary.replace(path)


def _backup(path: Path, expendable: Callable[[Path], bool]) -> Path:
    """Keep the old file under a name that costs no older copy which may hold work of the user's."""
    numbers = itertools.chain(("",), itertools.count(2))
    names = (path.with_name(f"{path.name}.bak{number}") for number in numbers)
    backup = next(name for name in names if not name.exists() or name.samefile(path) or expendable(name))
    if backup.exists() and backup.samefile(path):  # of a run that was killed at this very point
        return backup
    backup.unlink(missing_ok=True)
    try:
        os.link(path, backup)
    except (AttributeError, OSError):  # some file systems, such as that of most USB sticks, know no links
        try:
            backup.write_bytes(path.read_bytes())
        except OSError:  # a full disk, perhaps: no truncated copy is left
            backup.unlink(missing_ok=True)
            raise
    return backup


def _settle(folder: Path) -> None:
    """Ask the disk to keep the new names too; without that a power cut may bring the old ones back."""
    if os.name == "posix":
        with contextlib.suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


# What a killed process leaves behind -----------------------------------------------------------------------

_PREFIX, _SUFFIX = ".lkt-", ".tmp"
_ABANDONED = 600  # seconds after which nobody writes an unfinished file any more


def sweep(folder: Path) -> None:
    """Remove the unfinished files of processes that were killed some minutes ago."""
    with contextlib.suppress(OSError):
        for path in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
            with contextlib.suppress(OSError):
                if time.time() - path.lstat().st_mtime > _ABANDONED:
                    path.unlink()


@cache
def _sweep_once(folder: Path) -> None:
    """Sweep a folder before the first file is written into it, not before each of hundreds."""
    sweep(folder)
