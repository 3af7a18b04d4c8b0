"""Corrections as lines for a terminal."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from lkt.bahasa import normalize
from lkt.formats.screen import Line, line

if TYPE_CHECKING:
    from pathlib import Path

    from lkt.corrections import Correction

_WIDTH = 60


def corrections_view(corrections: Sequence["Correction"], path: str, copy: "Path | None") -> Iterator[Line]:
    """One line a change, how many there are and where; a sentence where there is nothing to correct."""
    if copy is None:
        yield line((f"{path}: tidak ada yang dapat dikoreksi otomatis.", "bold"))
        return
    yield line((f"Koreksi {path}", "bold underline"))
    for each in corrections:
        yield _change(each)
    yield line((f"{len(corrections)} sel dikoreksi; salinan tersimpan: {copy}", "bold green"))


def copies_view(copies: Sequence["Path"]) -> Iterator[Line]:
    """Where the marked copies are."""
    if not copies:
        yield line("Tidak ada temuan yang perlu ditandai; salinan tidak dibuat.")
    for copy in copies:
        yield line(("Salinan bertanda tersimpan: ", "bold green"), str(copy))


def _change(correction: "Correction") -> Line:
    old, new = _shown(correction.old), _shown(correction.new)
    if correction.was != correction.becomes:  # the same figure as text and as a number may look alike
        old, new = f"{correction.was} {old}".lstrip(), f"{correction.becomes} {new}".lstrip()
    return line(
        (str(correction.ref), "bold"),
        f"  {correction.subject}: {old} → ",
        (new, "green"),
        (f"  ({correction.reason})", "dim"),
        indent=2,
    )


def _shown(text: str) -> str:
    """A text on one line in quotation marks, so that blanks at its ends are seen."""
    if not normalize(text):
        return "spasi" if text else "kosong"
    flat = " / ".join(text.splitlines())
    return f"“{flat if len(flat) <= _WIDTH else f'{flat[: _WIDTH - 1]}…'}”"
