"""Which fonts the template asks for, and which this computer has."""

import contextlib
import io
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Collection
from pathlib import Path

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
