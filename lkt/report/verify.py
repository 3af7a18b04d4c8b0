"""A report against its workbook: what differs, and whether a person or the workbook changed it."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from enum import Enum
from pathlib import Path
from string import ascii_uppercase
from typing import Any

from lkt import __version__
from lkt.checking import work_out_from
from lkt.errors import LktError
from lkt.figures import all_figures, printed
from lkt.files import SourceFile, read_file, source_file
from lkt.indonesian import format_number, format_rupiah, format_span, format_trimmed, month_number, squeeze
from lkt.model import Cell, Dataset, Desa, Ref, Row, Span
from lkt.pipeline import Result
from lkt.report.build import build_report, read_template
from lkt.report.passages import Passage, pairs, place_of
from lkt.report.seal import TEMPLATE, VERSION, WORKBOOK, Sealed, UnreadableReportError, unseal

# Where a number of the report comes from: the figure that prints it, or the cell that holds it ------------


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


class Sources:
    """The numbers of one workbook.

    Args:
        result: the workbook, worked out.
    """

    def __init__(self, result: Result) -> None:
        self._result = result
        self._names = {
            (row.sheet, row.row): [squeeze(text) for text in _texts(row)] for row in _rows(result.dataset)
        }

    def of(self, number: str, text: str, place: str) -> tuple[NumberSource, ...]:
        """What may have been printed as that number; none where it could be too many things.

        Args:
            number: as printed: ``35,48%``.
            text: the paragraph or the row that it stands in.
            place: where that is.
        """
        found = list(dict.fromkeys((*self._figures(number), *self._cells(number, text))))
        found = _narrowed(found, lambda source: self._near(source, text))
        found = _narrowed(found, lambda source: bool(source.label) and source.label.lower() in place.lower())
        return tuple(found) if len(found) <= _MOST else ()

    def _figures(self, number: str) -> Iterator[NumberSource]:
        decimals = self._result.dataset.identitas.decimals
        for figure in all_figures(self._result.computed):
            if number in (shown := printed(figure, decimals), shown.removesuffix(" poin")):
                yield NumberSource(figure.key, figure.label, figure.refs)

    def _cells(self, number: str, text: str) -> Iterator[NumberSource]:
        for row in _rows(self._result.dataset):
            for column, cell in _cells(row):
                if _prints(cell, number, text):
                    yield NumberSource("", column.split("_")[0], (cell.ref,))

    def _near(self, source: NumberSource, text: str) -> bool:
        rows = {
            (ref.sheet, int(digits))
            for ref in source.refs
            if (digits := ref.cell.lstrip(ascii_uppercase)).isdigit()
        }
        return any(name in text for row in rows for name in self._names.get(row, ()))


def _narrowed(found: list[NumberSource], fits: Callable[[NumberSource], bool]) -> list[NumberSource]:
    return [source for source in found if fits(source)] or found


def _rows(dataset: Dataset) -> Iterator[Row]:
    yield from (*dataset.indikator, *dataset.anggaran, *dataset.fasilitasi)
    yield from (*dataset.dokumen, *dataset.desa, *dataset.kegiatan)


def _cells(row: Row) -> Iterator[tuple[str, Cell[Any]]]:
    yield from row.cells()
    if isinstance(row, Desa):
        yield from (("tanggal", cell) for cell in row.tanggal)


def _texts(row: Row) -> Iterator[str]:
    for _, cell in row.cells():
        if isinstance(cell.value, str) and len(cell.value) >= _NAME:
            yield cell.value


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


# A report against its workbook: what differs, and whether a person or the workbook changed it. Pure -------


_NUMBER = re.compile(r"-?(?:Rp)?\d+(?:[.,]\d+)*%?")
_YEAR = re.compile(r"\d{4}\b")
_DATE = re.compile(r"\d{1,2} \w+ \d{4}")
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


@dataclass(frozen=True, slots=True)
class Versions:
    """Three versions of a report.

    Attributes:
        written: as lkt wrote it; None when that record is gone.
        reported: as it stands now.
        expected: as the workbook gives it now.
        edited: whether it was edited since lkt wrote it.
        unedited_cause: why it may differ where it was not edited.
    """

    written: Sequence[Passage] | None
    reported: Sequence[Passage]
    expected: Sequence[Passage]
    edited: bool
    unedited_cause: Cause


def differences(versions: Versions, sources: Sources | None) -> tuple[Difference, ...]:
    """Every difference between a report and its workbook, in the order of the report.

    ``sources`` tells what the figures are; None where they are not to be told.
    """
    judge = _Judge(versions)
    return tuple(
        difference
        for reported, expected in pairs(versions.reported, versions.expected)
        for difference in _differences(reported, expected, judge, sources)
    )


class _Judge:
    """Tells who changed a passage, by how lkt wrote it."""

    def __init__(self, versions: Versions) -> None:
        self._versions = versions
        beside = list(pairs(versions.written or (), versions.reported))
        self._written = {id(now): was for was, now in beside if now is not None}
        self._removed = {was.content for was, now in beside if was is not None and now is None}

    def whole(self, reported: Passage | None, expected: Passage | None) -> Cause:
        """Why a passage is there, or is missing."""
        if reported is None:
            assert expected is not None
            by_hand = expected.content in self._removed
        else:
            was = self._written.get(id(reported))
            by_hand = was is None or was.content != reported.content
        return self._cause(by_hand=by_hand, other=False)

    def cell(self, number: int, reported: Passage, expected: Passage) -> Cause:
        """Why one cell of a passage differs."""
        was = self._written.get(id(reported))
        if was is None or len(was.texts) != len(reported.texts):
            return self._cause(by_hand=True, other=False)
        before = was.texts[number]
        return self._cause(by_hand=before != reported.texts[number], other=before != expected.texts[number])

    def pictures(self, reported: Passage, expected: Passage) -> Cause:
        """Why the pictures of a passage differ."""
        was = self._written.get(id(reported))
        before = None if was is None else was.pictures
        return self._cause(by_hand=before != reported.pictures, other=before != expected.pictures)

    def _cause(self, *, by_hand: bool, other: bool) -> Cause:
        unedited = self._versions.unedited_cause
        if self._versions.written is None:
            return Cause.UNKNOWN if self._versions.edited else unedited
        if not by_hand:
            return unedited
        return Cause.BOTH if other and unedited is not Cause.PROGRAM else Cause.HAND


def _differences(
    reported: Passage | None, expected: Passage | None, judge: _Judge, sources: Sources | None
) -> Iterator[Difference]:
    if reported is None or expected is None or len(reported.texts) != len(expected.texts):
        yield from _whole(reported, expected, judge.whole(reported, expected))
        return
    for number, (stands, belongs) in enumerate(zip(reported.texts, expected.texts, strict=True)):
        if stands != belongs:
            place, cause = place_of(reported, number), judge.cell(number, reported, expected)
            for kind, was, should in _parts(stands, belongs):
                known = _sources(should, expected, place, sources) if kind is DifferenceKind.FIGURE else ()
                yield Difference(kind, place, was, should, cause, known)
    if reported.pictures != expected.pictures:
        yield Difference(DifferenceKind.PICTURE, reported.place, "", "", judge.pictures(reported, expected))


def _whole(reported: Passage | None, expected: Passage | None, cause: Cause) -> Iterator[Difference]:
    """A passage that is there without the workbook giving it, or the other way round."""
    stands, belongs = reported.text if reported else "", expected.text if expected else ""
    place = (reported or expected or Passage("", ())).place
    if not stands and not belongs:
        kind = DifferenceKind.PICTURE
    else:
        kind = (
            DifferenceKind.FIGURE
            if _NUMBER.findall(stands) != _NUMBER.findall(belongs)
            else DifferenceKind.WORDING
        )
    yield Difference(kind, place, stands, belongs, cause)


def _parts(stands: str, belongs: str) -> Iterator[tuple[DifferenceKind, str, str]]:
    """Each figure by which two texts differ, and whether their wording does."""
    old, new = stands.split(), belongs.split()
    wording = False
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, start, end, other_start, other_end in matcher.get_opcodes():
        if kind == "equal":
            continue
        was, should = " ".join(old[start:end]), " ".join(new[other_start:other_end])
        if _NUMBER.findall(was) == _NUMBER.findall(should):
            wording = True
        else:
            date = _rest_of_date(new, other_start, other_end)
            yield DifferenceKind.FIGURE, f"{was} {date}".strip(_MARKS), f"{should} {date}".strip(_MARKS)
    if wording:
        yield DifferenceKind.WORDING, stands.replace("\n", " / "), belongs.replace("\n", " / ")


def _rest_of_date(words: Sequence[str], start: int, end: int) -> str:
    """Month and year behind a day that differs, so that it is seen to be one."""
    for length in (1, 2):
        date = words[max(start, end + length - 3) : end + length]
        if len(date) == 3 and month_number(date[1]) and _YEAR.match(date[2]):
            return " ".join(words[end : end + length])
    return ""


def _sources(should: str, expected: Passage, place: str, sources: Sources | None) -> tuple[NumberSource, ...]:
    numbers = _NUMBER.findall(should)
    if sources is None or not numbers or (len(numbers) > 1 and not _DATE.fullmatch(should)):
        return ()
    return sources.of(numbers[0], expected.text, place)


# ``lkt verify``: whether the figures of a report are still those of its workbook --------------------------


@dataclass(frozen=True, slots=True)
class Verification:
    """What a comparison of a report with its workbook gave.

    Attributes:
        report: the report's path.
        workbook: the workbook's path.
        built_from: the workbook that the report was built from; its digest is empty where that is not told.
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

    Raises:
        UnreadableReportError: the report cannot be read, or lkt did not write it.
        UnreadableWorkbookError: a workbook cannot be read.
        TemplateError: the template that was named cannot be read, or has mistakes.
    """
    sealed = _read_report(report)
    result, asal = work_out_from(workbook, previous)
    built_by, version = sealed.file(TEMPLATE), sealed.properties.get(VERSION, "")
    chosen = _template(template, built_by, version)
    same_workbook = asal.buku_kerja.sha256 == sealed.file(WORKBOOK).sha256
    same_template = chosen is not None and source_file("", chosen[0]).sha256 == built_by.sha256
    same_program = same_template and version == __version__
    previous_changed = _changed(sealed.previous, asal.sebelumnya)
    same_figures = same_workbook and not previous_changed
    cause = Cause.PROGRAM if same_figures else Cause.WORKBOOK if same_program else Cause.EITHER
    return Verification(
        report=str(report),
        workbook=str(workbook),
        built_from=sealed.file(WORKBOOK),
        same_workbook=same_workbook,
        previous_changed=previous_changed,
        built_by=built_by,
        same_template=same_template,
        template="" if chosen is None else chosen[1],
        version=version,
        current=__version__,
        draft=sealed.draft,
        differences=_differences_verifying(sealed, result, chosen, cause),
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


def _template(named: Path | None, built_by: SourceFile, version: str) -> tuple[bytes, str] | None:
    """The template that was named, or else the default one if the report was built by it; else None.

    Another version of lkt had another default one, which is gone; today's is as near as can be.
    """
    chosen = read_template(named)
    same = source_file("", chosen[0]).sha256 == built_by.sha256
    outgrown = chosen[1] == built_by.nama and version != __version__
    return chosen if named or same or outgrown else None


def _changed(then: Sequence[SourceFile], now: Sequence[SourceFile]) -> tuple[str, ...]:
    digests = {each.sha256 for each in then} ^ {each.sha256 for each in now}
    return tuple(dict.fromkeys(each.nama for each in (*then, *now) if each.sha256 in digests))


def _differences_verifying(
    sealed: Sealed, result: Result, template: tuple[bytes, str] | None, cause: Cause
) -> tuple[Difference, ...]:
    """What differs; ``cause`` is why it may where nobody edited it."""
    expected = sealed.written if template is None else _expected(result, template)
    if expected is None:
        raise LktError(
            "Laporan tidak dapat dibandingkan: catatan teks aslinya hilang dan templatnya tidak ada.",
            "Sebutkan templat laporan itu dengan --template.",
        )
    versions = Versions(sealed.written, sealed.content, expected, sealed.edited, cause)
    return differences(versions, Sources(result) if template or cause is Cause.PROGRAM else None)


def _expected(result: Result, template: tuple[bytes, str]) -> tuple[Passage, ...]:
    return unseal(build_report(result, *template), template[1]).content
