"""``lkt doctor``: whether this computer has what lkt needs, and what to do where it has not."""

import importlib
import importlib.metadata
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path

from lkt import __version__, libreoffice
from lkt.calendar import SETTLED
from lkt.errors import LktError
from lkt.files import why
from lkt.formats.screen import Line, View, line
from lkt.workbook.declaration import FORMAT_VERSION

LIBRARIES = {
    "typer": "typer",
    "rich": "rich",
    "openpyxl": "openpyxl",
    "XlsxWriter": "xlsxwriter",
    "jinja2": "jinja2",
    "python-docx": "docx",
    "lxml": "lxml.etree",
    "Pillow": "PIL.Image",
    "holidays": "holidays",
    "pypdf": "pypdf",
}
"""The packages that lkt needs, and what is loaded of each."""
_SIGNS = "✓✗−→“”·…"
_NARROW = 80
_LITTLE = 100 * 1024 * 1024  # bytes; thirty photos and the report made of them
_REINSTALL = "Pasang ulang lkt: pip install --force-reinstall lkt, atau jalankan lagi perintah pemasangannya."


class State(Enum):
    """How something stands: the sign it is shown by, and its style."""

    GOOD = ("✓", "green")
    NOTE = ("!", "bold yellow")
    BROKEN = ("✗", "bold red")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at.

    Attributes:
        name: what.
        state: how it stands; BROKEN means that check or build cannot work.
        text: what was found.
        repair: what to do; empty where nothing need be done.
    """

    name: str
    state: State
    text: str
    repair: str = ""


def examine(folder: Path, encoding: str, columns: int | None, today: date) -> list[Check]:
    """Everything that is looked at.

    Args:
        folder: where the user is.
        encoding: that of the console or pipe.
        columns: of the console; None where the output is no console.
        today: to tell whether the holidays are known.
    """
    try:
        temporary = Path(tempfile.gettempdir())
    except OSError:
        temporary = None
    return [
        Check("lkt", State.GOOD, __version__),
        Check("Python", State.GOOD, f"{platform.python_version()} di {sys.executable}"),
        *_libraries(),
        _libreoffice(),
        Check("Buku kerja", State.GOOD, f"format {FORMAT_VERSION}"),
        console(encoding),
        width(columns),
        writing("Folder ini", folder),
        writing("Folder sementara", temporary),
        holidays(today),
    ]


def _libraries() -> Iterator[Check]:
    versions = []
    for name, module in LIBRARIES.items():
        try:
            importlib.import_module(module)
            versions.append(f"{name} {importlib.metadata.version(name)}")
        except Exception as error:  # noqa: BLE001 - a damaged package raises anything
            yield Check(name, State.BROKEN, f"tidak dapat dimuat ({error})", _REINSTALL)
    yield Check("Pustaka", State.GOOD, ", ".join(versions))


def _libreoffice() -> Check:
    try:
        program = libreoffice.find()
        return Check("LibreOffice", State.GOOD, f"{libreoffice.version(program)} di {program}")
    except LktError as error:
        text = f"{error.message} Tanpa itu tidak ada --pdf, dan nomor halaman daftar isi diisi oleh Word."
        return Check("LibreOffice", State.NOTE, text, error.hint)


def console(encoding: str) -> Check:
    """Whether the output can show the signs that lkt prints."""
    try:
        _SIGNS.encode(encoding)
    except (UnicodeError, LookupError):
        return Check(
            "Pengodean",
            State.NOTE,
            f"{encoding} tidak memuat semua tanda; lkt menggantinya dengan tanda biasa.",
            "Agar lengkap, setel variabel PYTHONUTF8=1, atau jalankan chcp 65001 di Windows.",
        )
    return Check("Pengodean", State.GOOD, encoding)


def width(columns: int | None) -> Check:
    """Whether the lines have room."""
    if columns is None:
        return Check("Lebar layar", State.GOOD, "keluaran ini bukan layar")
    narrow = f"Lebarkan jendelanya sampai {_NARROW} kolom." if columns < _NARROW else ""
    return Check("Lebar layar", State.NOTE if narrow else State.GOOD, f"{columns} kolom", narrow)


def writing(name: str, folder: Path | None) -> Check:
    """Whether a file can be written in a folder, and whether there is room; None where there is no folder."""
    if folder is None:
        return Check(name, State.BROKEN, "tidak ada yang dapat ditulisi", "Setel variabel TMPDIR atau TEMP.")
    try:
        with tempfile.TemporaryFile(prefix=".lkt-", dir=folder) as file:
            file.write(b"lkt")
        free = shutil.disk_usage(folder).free
    except OSError as error:
        repair = "Pindah ke folder yang dapat ditulisi, misalnya Dokumen."
        return Check(name, State.BROKEN, f"{folder} tidak dapat ditulisi: {why(error)}", repair)
    size = f"{free // 1000**3} GB" if free >= 1000**3 else f"{free // 1000**2} MB"
    if free < _LITTLE:
        return Check(name, State.NOTE, f"{folder}: tinggal {size}", "Kosongkan sebagian disk.")
    return Check(name, State.GOOD, f"{folder} dapat ditulisi, ruang {size}")


def holidays(today: date) -> Check:
    """Whether the decrees on holidays of the year are in the program."""
    known = f"keputusan bersama {SETTLED[0]}–{SETTLED[-1]}; tahun lain menurut paket holidays"
    if today.year > SETTLED[-1]:
        repair = "Perbarui lkt agar batas penyampaian dihitung dengan cuti bersama tahun ini."
        return Check("Hari libur", State.NOTE, known, repair)
    return Check("Hari libur", State.GOOD, known)


def exit_code(checks: Sequence[Check]) -> int:
    """1 where something is broken."""
    return int(any(check.state is State.BROKEN for check in checks))


def doctor_view(checks: Sequence[Check]) -> View:
    """A table of what was found with what to do, and what it comes to."""
    from rich.table import Table  # noqa: PLC0415 - the first thing that doctor tells is whether it is there
    from rich.text import Text  # noqa: PLC0415

    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    for check in checks:
        repair = [(f"\n→ {check.repair}", "cyan")] if check.repair else []
        table.add_row(Text.assemble(check.state.value, f" {check.name}"), Text.assemble(check.text, *repair))
    yield table
    yield Line()
    states = [check.state for check in checks]
    if State.BROKEN in states:
        yield line("Ada yang harus diperbaiki dahulu (✗).")
    elif State.NOTE in states:
        yield line("lkt dapat dipakai; perhatikan yang bertanda seru.")
    else:
        yield line("Semuanya siap.")
