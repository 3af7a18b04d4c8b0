"""A report against its workbook: what differs, and whether a person or the workbook changed it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from enum import Enum
from itertools import chain
from pathlib import Path
from typing import Any

from lkt import __version__
from lkt.checking import work_out_from
from lkt.errors import LktError
from lkt.figures import all_figures, printed
from lkt.files import SourceFile, read_file, source_file
from lkt.indonesian import MONTHS, format_number, format_rupiah, format_span, format_trimmed, squeeze
from lkt.model import Cell, Desa, Ref, Span
from lkt.pipeline import Result
from lkt.report.build import build_report, read_template
from lkt.report.passages import Passage, PassageChange, changed, changes, pairs
from lkt.report.seal import TEMPLATE, VERSION, WORKBOOK, Sealed, UnreadableReportError, unseal

# Where a number of the report comes from: the figure that prints it, or the cell that holds it ------------

_WORKBOOKS = {".xlsx", ".xlsm"}
_MOST = 3
_NAME = 4  # letters of the shortest text that names a row


@dataclass(frozen=True, slots=True)
class NumberSource:
    """What a number is in the workbook.

    Attributes:
        name: the key of a figure, as ``lkt show`` has it; empty for a number that stands in a cell.
        label: the figure's label, or the first word of the cell's column.
        refs: the cells that it was worked out from, or the one that it stands in.
    """

    name: str
    label: str
    refs: tuple[Ref, ...]


def _sources(result: Result, number: str, text: str, place: str) -> tuple[NumberSource, ...]:
    """What may have been printed as a number; none where it could be too many things.

    Sources in a row that the text names are preferred, then those whose label is part of the place.

    Args:
        result: the workbook, worked out.
        number: as printed: ``35,48%``.
        text: the paragraph or the row that it stands in.
        place: where that is.
    """
    data = result.dataset
    found = [
        NumberSource(figure.key, figure.label, figure.refs)
        for figure in all_figures(result.computed)
        if number in (shown := printed(figure, data.identitas.decimals), shown.removesuffix(" poin"))
    ]
    named: set[tuple[str, int]] = set()
    sheets = (data.indikator, data.anggaran, data.fasilitasi, data.dokumen, data.desa, data.kegiatan)
    for row in chain.from_iterable(sheets):
        cells: list[tuple[str, Cell[Any]]] = list(row.cells())
        if isinstance(row, Desa):
            cells += [("tanggal", cell) for cell in row.tanggal]
        for column, cell in cells:
            if _prints(cell, number, text):
                found.append(NumberSource("", column.split("_")[0], (cell.ref,)))
            elif isinstance(cell.value, str) and len(cell.value) >= _NAME and squeeze(cell.value) in text:
                named.add((row.sheet, row.row))
    found = list(dict.fromkeys(found))
    found = [each for each in found if any((ref.sheet, ref.place[0]) in named for ref in each.refs)] or found
    found = [each for each in found if each.label and each.label.lower() in place.lower()] or found
    return tuple(found) if len(found) <= _MOST else ()


def _prints(cell: Cell[object], number: str, text: str) -> bool:
    """Whether a cell may be printed as that number, or as a date in the text that the number is part of."""
    value = cell.value
    if isinstance(value, Decimal):
        plain = format_trimmed(value)
        return number in (plain, f"{plain}%", format_number(value), format_rupiah(value))
    if isinstance(value, Span):
        day = format_span(value.start, value.end)
        return number in day.split() and day in text
    return False


# What differs, and who changed it --------------------------------------------------------------------------

_NUMBER = re.compile(r"-?(?:Rp)?\d+(?:[.,]\d+)*%?")
_DATE = re.compile(rf"\d{{1,2}} (?:{'|'.join(MONTHS)}) \d{{4}}\b")
_WORD = re.compile(rf"{_DATE.pattern}|\S+")
_MARKS = " .,;:()“”"


class DifferenceKind(Enum):
    """What differs."""

    FIGURE = "angka"
    WORDING = "kata"
    PICTURE = "gambar"


class Cause(Enum):
    """Why it differs, in words for the user."""

    HAND = "diubah dengan tangan"
    WORKBOOK = "buku kerja berubah"
    BOTH = "diubah dengan tangan, dan buku kerja berubah"
    EITHER = "buku kerja, templat, atau versi lkt berubah"
    PROGRAM = "templat, foto, atau versi lkt berubah"
    UNKNOWN = "tidak dapat ditentukan: catatan teks asli di dalam laporan hilang"


@dataclass(frozen=True, slots=True)
class Difference:
    """A place where the report is not what the workbook gives.

    Attributes:
        kind: whether a figure, the wording or a picture differs.
        place: where in the report.
        reported: what stands there; empty where it is missing.
        expected: what belongs there; empty where nothing does.
        cause: why.
        sources: for a figure, what it is in the workbook.
    """

    kind: DifferenceKind
    place: str
    reported: str
    expected: str
    cause: Cause
    sources: tuple[NumberSource, ...] = ()


def differences(
    sealed: Sealed, expected: Sequence[Passage], unedited: Cause, result: Result | None
) -> Iterator[Difference]:
    """Every difference between a report and its workbook, in the order of the report.

    Args:
        sealed: the report.
        expected: the report as the workbook gives it now.
        unedited: why the report may differ where nobody edited it.
        result: the workbook, to look the sources of figures up in; None where they are not to be told.
    """
    if sealed.written is None and sealed.edited:
        unedited = Cause.UNKNOWN
    edits = () if sealed.written is None else changes(sealed.written, sealed.content)
    by_hand = {_stands(edit): edit.before for edit in edits}
    for belongs, reported in pairs(expected, sealed.content):
        for change in changed(belongs, reported):
            written, cause = by_hand.get(_stands(change)), unedited
            if written is not None:
                workbook_too = written not in ("", change.before) and unedited is not Cause.PROGRAM
                cause = Cause.BOTH if workbook_too else Cause.HAND
            if change.picture:
                yield Difference(DifferenceKind.PICTURE, change.place, "", "", cause)
                continue
            for kind, shown, due in _parts(change.after, change.before):
                numbers = _NUMBER.findall(due) if kind is DifferenceKind.FIGURE else []
                plain = len(numbers) == 1 or (numbers and _DATE.fullmatch(due))
                text = belongs.text if belongs else ""
                sources = _sources(result, numbers[0], text, change.place) if result and plain else ()
                yield Difference(kind, change.place, shown, due, cause, sources)


def _stands(change: PassageChange) -> tuple[str, str, bool]:
    """What a changed report has in a place; what is gone is known by what stood there."""
    return (change.place, change.after, change.picture) if change.after else ("", change.before, False)


def _parts(stands: str, belongs: str) -> Iterator[tuple[DifferenceKind, str, str]]:
    """Each figure or date by which two texts differ, and whether their wording does."""
    if not (stands and belongs):
        figure = bool(_NUMBER.search(stands + belongs))
        yield DifferenceKind.FIGURE if figure else DifferenceKind.WORDING, stands, belongs
        return
    old, new = _WORD.findall(stands), _WORD.findall(belongs)
    wording = False
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, start, end, other_start, other_end in matcher.get_opcodes():
        was, should = " ".join(old[start:end]), " ".join(new[other_start:other_end])
        if _NUMBER.findall(was) != _NUMBER.findall(should):
            yield DifferenceKind.FIGURE, was.strip(_MARKS), should.strip(_MARKS)
        else:
            wording |= kind != "equal"
    if wording:
        yield DifferenceKind.WORDING, stands, belongs


# ``lkt verify`` --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Verification:
    """What a comparison of a report with its workbook gave.

    Attributes:
        report: the report's path.
        workbook: the workbook's path.
        built_from: the workbook that the report was built from; its digest is empty where that is not told.
        previous: the paths of the workbooks of other quarters that it was compared with.
        same_workbook: whether the workbook is byte for byte that one.
        previous_changed: the names of the workbooks of other quarters that are not the same now and then.
        built_by: the template that it was built by.
        same_template: whether it was compared with that template.
        template: the name of the template it was compared by; empty where it was not at hand, so that only
            edits by hand could be looked for.
        version: the version of lkt that built it.
        current: the version of lkt that compares.
        draft: whether the report is a draft.
        differences: what differs, in the order of the report.
    """

    report: str
    workbook: str
    built_from: SourceFile
    previous: tuple[str, ...]
    same_workbook: bool
    previous_changed: tuple[str, ...]
    built_by: SourceFile
    same_template: bool
    template: str
    version: str
    current: str
    draft: bool
    differences: tuple[Difference, ...]

    @property
    def conclusive(self) -> bool:
        """Whether every figure could be compared."""
        return bool(self.template) or (self.same_workbook and not self.previous_changed)

    @property
    def exit_code(self) -> int:
        """0 the figures are those of the workbook, 1 some are not, 2 that cannot be told."""
        if any(each.kind is DifferenceKind.FIGURE for each in self.differences):
            return 1
        return 0 if self.conclusive else 2


def verify(
    report: Path, workbook: Path, template: Path | None, previous: Sequence[Path] = ()
) -> Verification:
    """Compare a report with the workbook as it is now.

    Without ``previous``, the workbooks of other quarters that the report was built with are taken where they
    lie beside the workbook. Without a named template the default one is taken if the report was built by it,
    or by the default one of another version of lkt, which is gone. Else only edits by hand can be looked for.

    Raises:
        UnreadableReportError: the report cannot be read, or lkt did not write it.
        UnreadableWorkbookError: a workbook cannot be read.
        TemplateError: the template that was named cannot be read, or has mistakes.
        LktError: report and workbook are swapped, or there is neither a template nor a record of what lkt
            wrote to compare with.
    """
    if report.suffix.lower() in _WORKBOOKS and workbook.suffix.lower() not in _WORKBOOKS:
        command = f'lkt verify "{workbook}" "{report}"'
        raise LktError("Urutannya terbalik: laporan dahulu, lalu buku kerjanya.", f"Maksud Anda: {command}")
    sealed = _read_report(report)
    beside = (workbook.parent / Path(each.nama).name for each in sealed.previous)
    previous = previous or [path for path in beside if path.is_file()]
    result, asal = work_out_from(workbook, previous)
    built_from, built_by = sealed.file(WORKBOOK), sealed.file(TEMPLATE)
    version = sealed.properties.get(VERSION, "")
    same_workbook = asal.buku_kerja.sha256 == built_from.sha256
    then, now = sealed.previous, asal.previous
    changed = {each.sha256 for each in then} ^ {each.sha256 for each in now}
    previous_changed = tuple(dict.fromkeys(each.nama for each in (*then, *now) if each.sha256 in changed))

    data, name = read_template(template)
    same_template = source_file(name, data).sha256 == built_by.sha256
    outgrown = name == built_by.nama and version != __version__
    comparable = template is not None or same_template or outgrown
    expected = (
        unseal(build_report(result, data, name, draft=sealed.draft, figures=sealed.figures), name).content
        if comparable
        else sealed.written
    )
    if expected is None:
        raise LktError(
            "Laporan tidak dapat dibandingkan: catatan teks aslinya hilang dan templatnya tidak ada.",
            "Sebutkan templat laporan itu dengan --template.",
        )
    if same_workbook and not previous_changed:
        cause = Cause.PROGRAM
    else:
        cause = Cause.WORKBOOK if same_template and version == __version__ else Cause.EITHER
    known = result if comparable or cause is Cause.PROGRAM else None
    return Verification(
        report=str(report),
        workbook=str(workbook),
        built_from=built_from,
        previous=tuple(map(str, previous)),
        same_workbook=same_workbook,
        previous_changed=previous_changed,
        built_by=built_by,
        same_template=same_template,
        template=name if comparable else "",
        version=version,
        current=__version__,
        draft=sealed.draft,
        differences=tuple(differences(sealed, expected, cause, known)),
    )


def _read_report(path: Path) -> Sealed:
    if path.name.startswith("~$"):
        raise UnreadableReportError(
            f"“{path.name}” adalah berkas kunci sementara Word.", "Sebutkan laporannya sendiri."
        )
    sealed = unseal(read_file(path, "Laporan", UnreadableReportError), path.name)
    if not sealed.ours:
        raise UnreadableReportError(
            f"“{path}” bukan laporan yang ditulis lkt, atau catatan lkt di dalamnya sudah hilang.",
            "Susun laporan dengan lkt build, lalu bandingkan laporan itu.",
        )
    return sealed
