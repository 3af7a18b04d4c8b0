"""The files of the recap in the output folder: for Excel, for the Bupati, and for the browser."""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lkt import __version__
from lkt.batch.discovery import STATE
from lkt.commands.building import Look, Old, look_at_report, put
from lkt.errors import LktError
from lkt.output import write_generated, write_parts
from lkt.recap.page import index_parts
from lkt.recap.rekap import Rekap
from lkt.recap.word import rekap_docx
from lkt.recap.workbook import rekap_xlsx
from lkt.report.trace.align import Change

_XLSX, _DOCX, _HTML = "rekap.xlsx", "rekap.docx", "index.html"
_RECORD = "rekap.json"
_KEPT = "“{}” tidak diganti karena sudah diubah atau sedang terbuka; yang baru: {}."


@dataclass
class _Recap:
    """The recap while it is written: what there is, and what the user must know."""

    rekap: Rekap
    out: Path
    force: bool
    written: list[Path] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, name: str, make: Callable[[Rekap], bytes], look: Look) -> None:
        """Write one document; one that cannot be made does not stop the others."""
        try:
            done = put(self.out / name, make(self.rekap), look, force=self.force)
        except LktError as error:
            self.notes.append(f"{name}: {error.message} {error.hint}".strip())
            return
        self.written.append(done.path)
        if done.path != done.target:
            self.notes.append(_KEPT.format(done.target.name, done.path.name))


def write_recap(rekap: Rekap, out: Path, *, force: bool) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """Write the recap.

    A document that was edited by hand is left alone, and the new one written beside it, unless ``force``.

    Returns:
        The files, and what the user must know of them.
    """
    recap = _Recap(rekap, out, force)
    recap.add(_XLSX, rekap_xlsx, _look_at_workbook(out))
    recap.add(_DOCX, rekap_docx, look_at_report)
    _record(out, recap.written)
    documents = [path.name for path in recap.written]

    def page() -> Iterator[bytes]:
        return (part.encode() for part in index_parts(rekap, __version__, documents=documents))

    try:
        write_parts(out / _HTML, page)
        recap.written.append(out / _HTML)
    except LktError as error:
        recap.notes.append(f"{_HTML}: {error.message} {error.hint}".strip())
    return tuple(recap.written), tuple(recap.notes)


def _look_at_workbook(out: Path) -> Look:
    """A workbook is as it was written as long as not one byte is different."""
    known = _recorded(out)

    def look(data: bytes, _name: str) -> tuple[Old, tuple[Change, ...]]:
        return (Old.OURS if hashlib.sha256(data).hexdigest() in known else Old.FOREIGN), ()

    return look


def _recorded(out: Path) -> list[str]:
    """The digests of the recap as it was written last."""
    try:
        data = json.loads((out / STATE / _RECORD).read_bytes())
    except (OSError, ValueError):
        return []
    return [str(item) for item in data] if isinstance(data, list) else []


def _record(out: Path, written: list[Path]) -> None:
    digests = sorted({*_recorded(out), *(hashlib.sha256(path.read_bytes()).hexdigest() for path in written)})
    write_generated(out / STATE / _RECORD, json.dumps(digests).encode())
