"""``lkt doctor``: whether this computer has what lkt needs, and what to do where it has not."""

import contextlib
import importlib
import importlib.metadata
import io
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import textwrap
import zipfile
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from pathlib import Path

from lkt import __version__, libreoffice
from lkt.calendar import SETTLED
from lkt.errors import LktError
from lkt.files import why
from lkt.formats.screen import Line, line

# Which fonts the template asks for, and which this computer has -------------------------------------------


TWINS = {
    "Arial": ("Liberation Sans", "Arimo"),
    "Calibri": ("Carlito",),
    "Cambria": ("Caladea",),
    "Courier New": ("Liberation Mono", "Cousine"),
    "Times New Roman": ("Liberation Serif", "Tinos"),
}
"""Fonts whose letters are as wide, so that lines and pages break at the same places."""
_NAMED = re.compile(rb'<w:rFonts [^>]*w:ascii="([^"]+)"')
_PARTS = ("word/styles.xml", "word/document.xml")
_SECONDS = 20
_WINDOWS_FONTS = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\Fonts"
_MAC_FOLDERS = ("/System/Library/Fonts", "/Library/Fonts", "~/Library/Fonts")


def fonts_of(template: bytes) -> list[str]:
    """The fonts that a Word file names, in alphabetical order."""
    with zipfile.ZipFile(io.BytesIO(template)) as package:
        parts = [package.read(name) for name in _PARTS if name in package.NameToInfo]
    return sorted({name.decode() for part in parts for name in _NAMED.findall(part)})


def stand_in(font: str, installed: Collection[str]) -> str | None:
    """The font that is used where one is asked for: itself, one of the same width, or None."""
    known = {name.casefold() for name in installed}
    return next((name for name in (font, *TWINS.get(font, ())) if name.casefold() in known), None)


def installed_fonts() -> frozenset[str] | None:
    """The names of the fonts of this computer; None where they cannot be told."""
    if sys.platform == "win32":
        return _of_windows()
    listing = shutil.which("fc-list")
    if listing:
        return _of_fontconfig(listing)
    return _of_mac() if sys.platform == "darwin" else None


def _of_fontconfig(listing: str) -> frozenset[str] | None:
    try:
        done = subprocess.run(  # noqa: S603 - the system's own
            [listing, ":", "family"], capture_output=True, check=True, timeout=_SECONDS
        )
    except (OSError, subprocess.SubprocessError):
        return None
    text = done.stdout.decode(errors="replace")
    return frozenset(name.strip() for line in text.splitlines() for name in line.split(","))


def _of_mac() -> frozenset[str] | None:
    """By the names of the files: "Arial.ttf", "Arial Bold.ttf". Not covered by tests."""
    folders = [Path(folder).expanduser() for folder in _MAC_FOLDERS]
    return frozenset(file.stem for folder in folders if folder.is_dir() for file in folder.rglob("*.tt[fc]"))


def _of_windows() -> frozenset[str] | None:
    """By the system's registry: "Arial (TrueType)". Not covered by tests: none runs on Windows."""
    names: set[str] = set()
    if sys.platform == "win32":
        import winreg  # noqa: PLC0415

        for root in (winreg.HKEY_LOCAL_MACHINE, winreg.HKEY_CURRENT_USER):
            with contextlib.suppress(OSError), winreg.OpenKey(root, _WINDOWS_FONTS) as key:
                names |= {winreg.EnumValue(key, index)[0] for index in range(winreg.QueryInfoKey(key)[1])}
    return frozenset(re.sub(r" \(.*\)$", "", name) for name in names) or None


# ``lkt doctor``: whether this computer has what lkt needs, and what to do where it has not ----------------


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
    from lkt.workbook.declaration import FORMAT_VERSION  # noqa: PLC0415 - fails where a library is broken

    return Check("Buku kerja", State.GOOD, f"format {FORMAT_VERSION}")


def _fonts() -> Iterator[Check]:
    from lkt.report.build import default_template  # noqa: PLC0415 - fails where a library is broken

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


# The checks of ``lkt doctor`` as a table of three columns -------------------------------------------------


_MARKS = {State.GOOD: ("✓", "green"), State.NOTE: ("!", "bold yellow"), State.BROKEN: ("✗", "bold red")}
_NAME = 18
_INDENT = _NAME + 2
_LEAST = 30


def doctor_view(checks: Sequence[Check], columns: int) -> Iterator[Line]:
    """The table, for a screen of so many columns, and what it comes to."""
    room = max(_LEAST, columns - _INDENT - 1)
    for check in checks:
        first, *others = textwrap.wrap(check.text, room, break_on_hyphens=False, break_long_words=False) or [
            ""
        ]
        yield line(_MARKS[check.state], f" {check.name:<{_NAME}}{first}")
        yield from (line(each, indent=_INDENT) for each in others)
        repair = f"→ {check.repair}" if check.repair else ""
        yield from (line((each, "cyan"), indent=_INDENT) for each in textwrap.wrap(repair, room))
    yield Line()
    yield line(_conclusion(checks))


def _conclusion(checks: Sequence[Check]) -> str:
    states = [check.state for check in checks]
    if State.BROKEN in states:
        return "Ada yang harus diperbaiki dahulu (✗)."
    if State.NOTE in states:
        return "lkt dapat dipakai; perhatikan yang bertanda seru."
    return "Semuanya siap."
