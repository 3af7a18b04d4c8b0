"""Writing output files: aside, then moved into place; an old file stays whole until the new one is."""

import itertools
import os
import re
import tempfile
from collections.abc import Callable
from pathlib import Path

from lkt.errors import OpenElsewhereError, OutputError


def _nothing(_: Path) -> bool:
    return False


def write_output(
    path: Path, data: bytes, *, replace: bool = False, expendable: Callable[[Path], bool] = _nothing
) -> Path | None:
    """Write a file in one step.

    Args:
        path: where to.
        data: its content.
        replace: a file that is there already may be replaced; it is kept beside as ``.bak``, or as ``.bak2``
            and so on where older ones are kept.
        expendable: whether an older ``.bak`` holds nothing that is the user's, so that it may give way.

    Returns:
        The copy of the file that was replaced; None where there was none.

    Raises:
        OpenElsewhereError: another program holds the file that is there.
        OutputError: the folder is missing or closed, the disk is full, or a file is there already.
    """
    require_free(path, replace=replace)
    try:
        return _move_into_place(path, data, expendable)
    except PermissionError:
        raise OutputError(
            f"“{path}” tidak dapat ditulis.",
            "Tutup dahulu bila sedang terbuka di Word atau Excel, atau pilih folder lain dengan --output.",
        ) from None
    except FileNotFoundError:
        raise OutputError(f"Folder “{path.parent}” tidak ada.", "Buat foldernya dahulu.") from None
    except OSError as error:
        raise OutputError(f"“{path}” tidak dapat ditulis: {error.strerror}.") from None


def require_free(path: Path, *, replace: bool) -> None:
    """Refuse a name that is taken, before work is done for it.

    Raises:
        OutputError: it is a folder, or a file that may not be replaced.
    """
    if path.is_dir():
        raise OutputError(f"“{path}” adalah folder.", "Sebutkan nama berkasnya.")
    if path.exists() and not replace:
        raise OutputError(
            f"“{path}” sudah ada dan tidak diganti.",
            "Pakai nama lain, atau --force untuk menggantinya (yang lama disimpan sebagai .bak).",
        )


def require_folder(path: Path) -> None:
    """Refuse a file whose folder is missing, before work is done for it.

    Raises:
        OutputError: the folder is not there.
    """
    if not path.parent.is_dir():
        raise OutputError(f"Folder “{path.parent}” tidak ada.", "Buat foldernya dahulu.")


def free_name(path: Path, mark: str) -> Path:
    """A name beside a file for a copy of it that replaces nothing: ``q1 (diperiksa).xlsx``, then ``… 2``.

    A copy of a copy keeps the mark once.
    """
    stem = re.sub(rf" \({re.escape(mark)}( \d+)?\)$", "", path.stem)
    numbers = itertools.chain(("",), (f" {number}" for number in itertools.count(2)))
    names = (path.with_name(f"{stem} ({mark}{number}){path.suffix}") for number in numbers)
    return next(name for name in names if not name.exists())


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
    return next((lock for lock in map(path.with_name, locks) if lock.exists()), None)


def _move_into_place(path: Path, data: bytes, expendable: Callable[[Path], bool]) -> Path | None:
    handle, name = tempfile.mkstemp(prefix=".lkt-", suffix=".tmp", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(_usual_mode())
        backup = _backup(path, expendable) if path.exists() else None
        _replace(temporary, path, backup)
    finally:
        temporary.unlink(missing_ok=True)
    return backup


def _replace(temporary: Path, path: Path, backup: Path | None) -> None:
    try:
        temporary.replace(path)
    except PermissionError:
        if backup is not None:
            backup.unlink()
        raise OpenElsewhereError(
            f"“{path}” tidak dapat diganti.", "Tutup dahulu bila sedang terbuka di Word atau Excel."
        ) from None


def _backup(path: Path, expendable: Callable[[Path], bool]) -> Path:
    """Keep the old file under a name that costs no older copy which may hold work of the user's."""
    numbers = itertools.chain(("",), itertools.count(2))
    names = (path.with_name(f"{path.name}.bak{number}") for number in numbers)
    backup = next(name for name in names if not name.exists() or expendable(name))
    backup.unlink(missing_ok=True)
    try:
        os.link(path, backup)
    except (AttributeError, OSError):  # some file systems, such as that of most USB sticks, know no links
        backup.write_bytes(path.read_bytes())
    return backup


def _usual_mode() -> int:
    """The permissions that a newly made file gets; mkstemp gives its owner alone any."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
