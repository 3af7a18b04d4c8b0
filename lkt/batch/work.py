"""One workbook of a batch: read, worked out, checked, built; whatever happens comes back as a summary."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from lkt import __version__
from lkt.batch.discovery import PAGES
from lkt.batch.state import Memory, digests, is_current, mark_of, memory_path, recall, remember
from lkt.commands.building import Old, Written, look_at_report, put
from lkt.commands.reading import work_out_from
from lkt.errors import LktError, UnreadableWorkbookError
from lkt.files import fitting
from lkt.findings import Severity
from lkt.formats.html import findings_html
from lkt.formats.json import Checked
from lkt.output import write_generated
from lkt.pipeline import Result
from lkt.recap.ringkasan import Ringkasan, Status, summarize, unreadable
from lkt.report.trace.asal import Asal
from lkt.report.word import build_report, report_name, template_file

UNCHANGED = "tidak berubah sejak dijalankan terakhir"
_BESIDE = {
    Old.EDITED: "laporan lama sudah diubah dengan tangan; yang baru ditulis di sampingnya",
    Old.FOREIGN: "berkas lama bukan tulisan lkt; laporan baru ditulis di sampingnya",
    Old.OPEN: "laporan lama sedang terbuka; yang baru ditulis di sampingnya",
}


@dataclass(frozen=True, slots=True)
class Plan:
    """What is the same for every workbook of a batch.

    Attributes:
        out: the output folder, which is there.
        template: the template's bytes.
        template_name: what the user calls it.
        draft: build in spite of errors, with DRAF across each page.
        strict: warnings stop a build too.
        force: build again what is unchanged, and replace reports that were edited by hand.
        finish: what LibreOffice does afterwards, as a word for the memory; empty for nothing.
    """

    out: Path
    template: bytes
    template_name: str
    draft: bool = False
    strict: bool = False
    force: bool = False
    finish: str = ""

    @property
    def options(self) -> dict[str, str]:
        """What a report depends on besides files."""
        return {
            "lkt": __version__,
            "templat": template_file(self.template_name, self.template).sha256,
            "rancangan": str(self.draft),
            "ketat": str(self.strict),
        }


@dataclass(frozen=True, slots=True)
class Job:
    """One workbook, and those of earlier quarters that it is compared with."""

    workbook: Path
    previous: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a job: its summary, and whether a report was written that LibreOffice has not seen."""

    job: Job
    ringkasan: Ringkasan
    unfinished: bool = False


def work(job: Job, plan: Plan) -> Done:
    """Do one job; nothing that a workbook holds stops the others."""
    try:
        kept = None if plan.force else recall(memory_path(plan.out, job.workbook))
        options = {**plan.options, "sebelumnya": " ".join(map(str, job.previous))}
        if kept is not None and is_current(kept, options, plan.out):
            return _kept(job, kept, plan)
        return _worked_out(job, plan, options)
    except UnreadableWorkbookError as error:
        return Done(job, unreadable(error, str(job.workbook), job.workbook.stem))
    except LktError as error:
        return _failed(job, error)
    except Exception as error:  # noqa: BLE001 - a bug met in one workbook must not take the others along
        fault = LktError(
            f"Kesalahan program ({type(error).__name__}: {error}).",
            f"Jalankan lkt check “{job.workbook}” dan laporkan hasilnya kepada pemelihara lkt.",
        )
        return _failed(job, fault)


def _failed(job: Job, error: LktError) -> Done:
    summary = unreadable(error, str(job.workbook), job.workbook.stem)
    return Done(job, replace(summary, status=Status.GAGAL))


def _kept(job: Job, memory: Memory, plan: Plan) -> Done:
    summary = replace(memory.ringkasan, berkas=str(job.workbook), catatan=UNCHANGED)
    built = summary.status in {Status.SELESAI, Status.DRAF}
    return Done(job, summary, unfinished=built and bool(plan.finish) and memory.finished != plan.finish)


def _worked_out(job: Job, plan: Plan, options: Mapping[str, str]) -> Done:
    result, asal = work_out_from(job.workbook, job.previous)
    summary = summarize(result, str(job.workbook), _status(result, plan))
    outputs: dict[str, str] = {}
    if summary.daftar_temuan:
        summary = replace(summary, temuan=_write_page(job, result, plan, outputs))
    if summary.status in {Status.SELESAI, Status.DRAF}:
        summary = _built(summary, result, asal, plan, outputs)
    inputs = {str(job.workbook): asal.buku_kerja.sha256, **digests(list(_other_inputs(job, result)))}
    memory = Memory(inputs, options, outputs, summary)
    remember(memory_path(plan.out, job.workbook), memory)
    return Done(job, summary, unfinished=bool(plan.finish and summary.laporan))


def _status(result: Result, plan: Plan) -> Status:
    open_findings = {found.severity for found in result.findings if not found.accepted}
    stopping = {Severity.ERROR, Severity.WARNING} if plan.strict else {Severity.ERROR}
    if not open_findings & stopping:
        return Status.SELESAI
    return Status.DRAF if plan.draft else Status.KESALAHAN


def _built(summary: Ringkasan, result: Result, asal: Asal, plan: Plan, outputs: dict[str, str]) -> Ringkasan:
    """The summary with its report; the reason where that cannot be built or written."""
    try:
        document = build_report(
            result, plan.template, plan.template_name, draft=summary.status is Status.DRAF, asal=asal
        )
        written = put(plan.out / report_name(result), document, look_at_report, force=plan.force)
    except LktError as error:
        return replace(summary, status=Status.GAGAL, pesan=f"{error.message} {error.hint}".strip())
    outputs[written.path.name] = hashlib.sha256(document).hexdigest()
    return replace(summary, laporan=written.path.name, catatan=_beside(written))


def _beside(written: Written) -> str:
    return "" if written.path == written.target else _BESIDE.get(written.old, "")


def _write_page(job: Job, result: Result, plan: Plan, outputs: dict[str, str]) -> str:
    """The page of the findings; its name tells the workbook, and is the same each time."""
    name = f"{PAGES}/{fitting(job.workbook.stem)}-{mark_of(job.workbook)[:6]}.html"
    page = findings_html([Checked(str(job.workbook), result)], __version__).encode()
    write_generated(plan.out / name, page)
    outputs[name] = hashlib.sha256(page).hexdigest()
    return name


def _other_inputs(job: Job, result: Result) -> Iterator[Path]:
    """Every file that the report depends on but its workbook, those that are named and missing included."""
    yield from job.previous
    folder = job.workbook.parent
    named = (result.dataset.identitas.logo, *(row.foto for row in result.dataset.kegiatan))
    yield from (folder / cell.value for cell in named if cell.value)
