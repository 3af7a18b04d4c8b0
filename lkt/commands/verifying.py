"""``lkt verify``: whether the figures of a report are still those of its workbook."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lkt import __version__
from lkt.commands.reading import work_out_from
from lkt.errors import LktError
from lkt.files import read_file
from lkt.pipeline import Result
from lkt.report.trace.asal import Berkas, berkas
from lkt.report.trace.passages import Passage
from lkt.report.trace.seal import TEMPLATE, VERSION, WORKBOOK, Sealed, UnreadableReportError, unseal
from lkt.report.trace.sources import Sources
from lkt.report.trace.verdict import Cause, Difference, Kind, Versions, differences
from lkt.report.word import build_report, read_template


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
    built_from: Berkas
    same_workbook: bool
    previous_changed: tuple[str, ...]
    built_by: Berkas
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
        if any(each.kind is Kind.FIGURE for each in self.differences):
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
    same_template = chosen is not None and berkas("", chosen[0]).sha256 == built_by.sha256
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
        differences=_differences(sealed, result, chosen, cause),
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


def _template(named: Path | None, built_by: Berkas, version: str) -> tuple[bytes, str] | None:
    """The template that was named, or else the default one if the report was built by it; else None.

    Another version of lkt had another default one, which is gone; today's is as near as can be.
    """
    chosen = read_template(named)
    same = berkas("", chosen[0]).sha256 == built_by.sha256
    outgrown = chosen[1] == built_by.nama and version != __version__
    return chosen if named or same or outgrown else None


def _changed(then: Sequence[Berkas], now: Sequence[Berkas]) -> tuple[str, ...]:
    digests = {each.sha256 for each in then} ^ {each.sha256 for each in now}
    return tuple(dict.fromkeys(each.nama for each in (*then, *now) if each.sha256 in digests))


def _differences(
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
