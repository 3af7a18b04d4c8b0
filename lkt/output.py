"""Writing output files: aside, then moved into place; an old file stays whole until the new one is."""

import itertools
import os
import re
import tempfile
from pathlib import Path

from lkt.errors import OutputError


def write_output(path: Path, data: bytes, *, replace: bool = False) -> None:
    """Write a file in one step.

    Args:
        path: where to.
        data: its content.
        replace: a file that is there already may be replaced; it is kept beside as ``.bak``.

    Raises:
        OutputError: the folder is missing or closed, the disk is full, or a file is there already.
    """
    require_free(path, replace=replace)
    try:
        _move_into_place(path, data)
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


def _move_into_place(path: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=".lkt-", suffix=".tmp", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(_usual_mode())
        if path.exists():
            backup = path.with_name(path.name + ".bak")
            backup.unlink(missing_ok=True)
            os.link(path, backup) if hasattr(os, "link") else backup.write_bytes(path.read_bytes())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _usual_mode() -> int:
    """The permissions that a newly made file gets; mkstemp gives its owner alone any."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
