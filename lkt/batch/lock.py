"""One batch at a time in an output folder: a lock that the system itself lets go when its holder dies."""

import contextlib
import json
import os
import platform
from collections.abc import Iterator
from pathlib import Path

from lkt.errors import OutputError

NAME = "kunci"
_FAR = 1 << 30  # Windows locks bytes against reading too; these are behind what is written


@contextlib.contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder, which is there, for as long as the block runs.

    Two batches in one folder would build every report twice and take each other's for files of the user's.
    The file stays; what counts is the lock on it, which a killed process loses. A file system that knows no
    locks is used without.

    Raises:
        OutputError: another batch holds it.
    """
    try:
        handle = os.open(folder / NAME, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError:  # the first report tells why nothing can be written here
        yield
        return
    try:
        if not _taken(handle):
            raise OutputError(
                f"Folder “{folder.parent}” sedang dipakai lkt batch lain ({_holder(handle)}).",
                "Tunggu sampai selesai, atau pilih folder hasil lain dengan --output.",
            )
        _sign(handle)
        yield
    finally:
        os.close(handle)


def _taken(handle: int) -> bool:
    try:
        _lock(handle)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return True
    return True


def _lock(handle: int) -> None:
    if os.name == "nt":
        import msvcrt  # noqa: PLC0415

        os.lseek(handle, _FAR, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        import fcntl  # noqa: PLC0415

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _sign(handle: int) -> None:
    """Write down who holds it; for a message only."""
    with contextlib.suppress(OSError):
        os.ftruncate(handle, 0)
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, json.dumps({"komputer": platform.node(), "proses": os.getpid()}).encode())


def _holder(handle: int) -> str:
    try:
        os.lseek(handle, 0, os.SEEK_SET)
        written = json.loads(os.read(handle, 1000))
        return f"proses {int(written['proses'])} di komputer {str(written['komputer'])[:80]}"
    except (OSError, ValueError, KeyError, TypeError):
        return "prosesnya tidak diketahui"
