"""LibreOffice, asked to turn Word files into PDF: found, run apart from the user's own, stopped in time."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from lkt.errors import LktError

VARIABLE = "LKT_SOFFICE"
"""The environment variable that names the program; with a name that is not found lkt does without."""
_SECONDS, _SECONDS_A_FILE = 120, 20
_SECONDS_OF_VERSION = 30
_SECONDS_BETWEEN_LOOKS = 0.2
_PDF_END = 1024  # bytes in which a PDF says that it ends
_FOLDERS = {
    "win32": (r"C:\Program Files\LibreOffice\program", r"C:\Program Files (x86)\LibreOffice\program"),
    "darwin": ("/Applications/LibreOffice.app/Contents/MacOS",),
}
_UNIX_FOLDERS = ("/usr/bin", "/usr/local/bin", "/opt/libreoffice/program", "/snap/bin")
# On Windows soffice.com waits for the end of its work; soffice.exe does not.
_NAMES = ("soffice.com", "soffice.exe") if sys.platform == "win32" else ("soffice", "libreoffice")
_OPTIONS = (
    "ExportBookmarks",  # the headings as an outline
    "ExportBookmarksToPDFDestination",  # see lkt.wordtemplate.contents
    "UseTaggedPDF",  # for readers who listen
)


class LibreOfficeError(LktError):
    """LibreOffice did not do what it was asked for."""


class NoLibreOfficeError(LibreOfficeError):
    """There is no LibreOffice on this computer, as far as can be seen."""

    def __init__(self) -> None:
        super().__init__(
            "LibreOffice tidak ditemukan di komputer ini.",
            f"Pasang LibreOffice (gratis), atau sebutkan letak program soffice dalam variabel {VARIABLE}.",
        )


def find() -> Path:
    """The program: where ``LKT_SOFFICE`` says, else on the search path, else in its usual folders.

    Raises:
        NoLibreOfficeError: it is in none of them.
    """
    found = next(_candidates(), None)
    if found is None:
        raise NoLibreOfficeError
    return found


def _candidates() -> Iterator[Path]:
    named = os.environ.get(VARIABLE)
    if named is not None:
        yield from (Path(path) for path in (shutil.which(named),) if path)
        return
    folders = os.pathsep.join(_FOLDERS.get(sys.platform, _UNIX_FOLDERS))
    for places in (None, folders):
        yield from (Path(path) for name in _NAMES if (path := shutil.which(name, path=places)))


def version(program: Path) -> str:
    """What the program calls itself, without its own name and build: "7.4.7.2".

    Raises:
        LibreOfficeError: it does not run, or says nothing in time.
    """
    try:
        done = subprocess.run(  # noqa: S603 - a program of the user's own
            [str(program), "--version"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=True,
            timeout=_SECONDS_OF_VERSION,
        )
    except (OSError, subprocess.SubprocessError):
        raise LibreOfficeError(
            f"LibreOffice di “{program}” tidak dapat dijalankan.", "Pasang ulang LibreOffice."
        ) from None
    words = done.stdout.decode(errors="replace").split()
    return words[1] if len(words) > 1 else "versi tidak diketahui"


Convert = Callable[[Sequence[Path], Path], Sequence[Path]]
"""Makes PDF files of Word files, in a folder."""


def convert(
    files: Sequence[Path],
    out: Path,
    timeout: float | None = None,
    made: Callable[[int], object] = lambda _: None,
) -> list[Path]:
    """Word files as PDF, all in one run, with a profile of its own: an open LibreOffice is left alone.

    Args:
        files: .docx files, no two of the same name.
        out: an existing folder; each PDF gets the name of its file.
        timeout: in seconds; by default enough for a slow computer.
        made: is told now and then how many PDFs are there.

    Returns:
        The PDF of each file, in their order.

    Raises:
        LibreOfficeError: it is not installed, takes too long, or makes no PDF of a file.
    """
    targets = [out / f"{file.stem}.pdf" for file in files]
    program = find()
    options = json.dumps({name: {"type": "boolean", "value": "true"} for name in _OPTIONS})
    with TemporaryDirectory(prefix="lkt-lo-", ignore_cleanup_errors=True) as profile:
        command = [
            str(program),
            f"-env:UserInstallation={Path(profile).resolve().as_uri()}",
            *("--headless", "--norestore", "--nolockcheck", "--nodefault"),
            *("--convert-to", f"pdf:writer_pdf_Export:{options}"),
            *("--outdir", str(out.resolve())),
            *(str(file.resolve()) for file in files),
        ]
        seconds = _SECONDS + _SECONDS_A_FILE * len(files) if timeout is None else timeout
        _run(command, seconds, lambda: made(sum(target.exists() for target in targets)))
    for file, target in zip(files, targets, strict=True):
        if not _is_whole(target):
            raise LibreOfficeError(
                f"LibreOffice tidak menghasilkan PDF dari “{file.name}”.",
                "Buka berkas Word itu di LibreOffice untuk melihat sebabnya.",
            )
    return targets


def _is_whole(pdf: Path) -> bool:
    """Whether a file is there that begins and ends as a PDF does."""
    try:
        data = pdf.read_bytes()
    except OSError:
        return False
    return data.startswith(b"%PDF-") and b"%%EOF" in data[-_PDF_END:]


def _run(command: Sequence[str], timeout: float, look: Callable[[], object]) -> None:
    try:
        process = subprocess.Popen(  # noqa: S603 - a program of the user's own
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise LibreOfficeError(
            f"LibreOffice tidak dapat dijalankan: {error.strerror}.", f"Periksa “{command[0]}”."
        ) from None
    end = time.monotonic() + timeout
    try:
        while process.poll() is None:
            if time.monotonic() > end:
                raise LibreOfficeError(
                    f"LibreOffice belum selesai sesudah {timeout:g} detik, lalu dihentikan.",
                    "Coba sekali lagi.",
                )
            with suppress(subprocess.TimeoutExpired):
                process.wait(_SECONDS_BETWEEN_LOOKS)
            look()
    finally:
        _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the program and what it has started, which may live on when it is done."""
    if sys.platform == "win32":
        kill = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
        subprocess.run(kill, capture_output=True, check=False)  # noqa: S603
    else:
        with suppress(ProcessLookupError, PermissionError):  # macOS says the latter of one that is gone
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
