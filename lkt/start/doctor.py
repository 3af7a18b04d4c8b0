"""``lkt doctor``: whether this computer has what lkt needs, and what to do where it has not."""

import importlib
import importlib.metadata
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from pathlib import Path

from lkt import __version__, libreoffice
from lkt.errors import LktError
from lkt.files import why
from lkt.kalender import SETTLED
from lkt.start.fonts import fonts_of, installed_fonts, stand_in

LIBRARIES = {
    "typer": "typer",
    "rich": "rich",
    "openpyxl": "openpyxl",
    "XlsxWriter": "xlsxwriter",
    "jinja2": "jinja2",
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
    """How something stands."""

    GOOD = auto()
    NOTE = auto()
    BROKEN = auto()


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
    libraries = list(_libraries())
    return [
        Check("lkt", State.GOOD, __version__),
        Check("Python", State.GOOD, f"{platform.python_version()} di {sys.executable}"),
        *libraries,
        _libreoffice(),
        *(() if exit_code(libraries) else (_format(), *_fonts())),
        console(encoding),
        width(columns),
        writing("Folder ini", folder),
        writing("Folder sementara", _temporary()),
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
        version = libreoffice.version(program)
    except LktError as error:
        return Check(
            "LibreOffice",
            State.NOTE,
            f"{error.message} Tanpa itu tidak ada --pdf, dan nomor halaman daftar isi diisi oleh Word.",
            error.hint,
        )
    return Check("LibreOffice", State.GOOD, f"{version} di {program}")


def _format() -> Check:
    from lkt.workbook.migrations import newest  # noqa: PLC0415 - fails where a library is broken

    return Check(
        "Buku kerja", State.GOOD, f"format 1 sampai dengan {newest()}" if newest() > 1 else "format 1"
    )


def _fonts() -> Iterator[Check]:
    from lkt.report.word import default_template  # noqa: PLC0415 - fails where a library is broken

    return fonts(fonts_of(default_template()), installed_fonts())


def fonts(wanted: list[str], installed: frozenset[str] | None) -> Iterator[Check]:
    """The fonts of the template, one check each."""
    for font in wanted:
        if installed is None:
            yield Check("Huruf", State.NOTE, f"{font}: tidak dapat diketahui di komputer ini")
            continue
        used = stand_in(font, installed)
        if used is None:
            yield Check(
                "Huruf",
                State.NOTE,
                f"{font} tidak terpasang; pada PDF baris dan halaman dapat berganti di tempat lain.",
                "Pasang huruf itu, atau yang selebar itu, misalnya Liberation.",
            )
        else:
            same = "" if used == font else f" (digantikan {used}, yang sama lebarnya)"
            yield Check("Huruf", State.GOOD, f"{font}{same}")


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
    if columns < _NARROW:
        return Check(
            "Lebar layar", State.NOTE, f"{columns} kolom", f"Lebarkan jendelanya sampai {_NARROW} kolom."
        )
    return Check("Lebar layar", State.GOOD, f"{columns} kolom")


def _size(number: int) -> str:
    """Bytes as people say them."""
    large = number >= 1000**3
    return f"{number // 1000 ** (3 if large else 2)} {'GB' if large else 'MB'}"


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
    if free < _LITTLE:
        return Check(name, State.NOTE, f"{folder}: tinggal {_size(free)}", "Kosongkan sebagian disk.")
    return Check(name, State.GOOD, f"{folder} dapat ditulisi, ruang {_size(free)}")


def _temporary() -> Path | None:
    try:
        return Path(tempfile.gettempdir())
    except OSError:
        return None


def holidays(today: date) -> Check:
    """Whether the decrees on holidays of the year are in the program."""
    known = f"keputusan bersama {SETTLED[0]}–{SETTLED[-1]}; tahun lain menurut paket holidays"
    if today.year > SETTLED[-1]:
        repair = "Perbarui lkt agar batas penyampaian dihitung dengan cuti bersama tahun ini."
        return Check("Hari libur", State.NOTE, known, repair)
    return Check("Hari libur", State.GOOD, known)


def exit_code(checks: list[Check]) -> int:
    """1 where something is broken."""
    return int(any(check.state is State.BROKEN for check in checks))
