"""A whole batch: whose workbooks there are, each one worked out and its report built, and the recap of all.

Nothing is remembered between two runs: every workbook is read, worked out and checked each time. Only the
building of a report is left out where the one that is there says in its seal that it was made from the same.
"""

import glob
import hashlib
import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Protocol

from lkt import __version__, libreoffice
from lkt.batch.discovery import (
    FINDINGS,
    RECAP,
    STATE,
    FoundFiles,
    Owner,
    discover,
    expected_by_the_list,
    owner_of,
    read_expected,
)
from lkt.batch.processes import Unfinished, only_one, run_jobs
from lkt.checking import exit_code, work_out_from
from lkt.errors import LktError, OutputError, UnreadableWorkbookError
from lkt.files import fitting, read_file, source_file, sweep, why, write_generated
from lkt.formats.html import findings as findings_page
from lkt.pipeline import Checked
from lkt.recap.page import index_html
from lkt.recap.rekap_docx import rekap_docx
from lkt.recap.spreadsheet import rekap_xlsx
from lkt.recap.summary import Status, Summary, summarize, told
from lkt.recap.totals import Recap, combine
from lkt.report.build import (
    BESIDE,
    Old,
    as_pdf,
    build_report,
    is_pdf_of,
    look_at_pdf,
    look_at_report,
    put,
    read_template,
    report_name,
)
from lkt.report.seal import is_made_from
from lkt.wordtemplate import is_unnumbered, number_pages


@dataclass(frozen=True, slots=True)
class Order:
    """What the user asked for.

    Attributes:
        paths: files and folders with workbooks.
        out: the output folder; made where it is missing.
        template: the office's own template; None for the one that comes with the program.
        previous: folders with the workbooks of earlier quarters.
        expected: a list of the kecamatan that should hand in; None goes by the official list of areas.
        jobs: how many processes; None for one a core.
        draft: build in spite of errors, with DRAF across each page.
        strict: warnings stop a build too.
        pdf: make PDFs too.
        pages: fill in the page numbers of lists, where LibreOffice is there.
        force: build again what is unchanged, and replace what was edited by hand.
    """

    paths: tuple[Path, ...]
    out: Path
    template: Path | None = None
    previous: tuple[Path, ...] = ()
    expected: Path | None = None
    jobs: int | None = None
    draft: bool = False
    strict: bool = False
    pdf: bool = False
    pages: bool = True
    force: bool = False


class Progress(Protocol):
    """Is told how a batch goes on."""

    def begin(self, what: str, total: int) -> None:
        """A part of the work begins."""

    def step(self, done: int, row: Summary | None = None) -> None:
        """So many are done; the last one came to this."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What came of a batch.

    Attributes:
        recap: every kecamatan.
        found: which files were taken, and which were passed over.
        files: the files of the recap.
        notes: what else the user must know.
        unchanged: how many reports were left as they were, since they say what they would say again.
    """

    recap: Recap
    found: FoundFiles
    files: tuple[Path, ...] = ()
    notes: tuple[str, ...] = ()
    unchanged: int = 0

    @property
    def summaries(self) -> list[Summary]:
        """One a workbook, and one a kecamatan without one."""
        return [row.summary for row in self.recap.rows]

    @property
    def exit_code(self) -> int:
        """1 when a workbook has errors, cannot be read, stands twice, or gave no report."""
        return int(any(summary.status not in {Status.BUILT, Status.MISSING} for summary in self.summaries))


def run_batch(order: Order, progress: Progress) -> Batch:
    """Do it all.

    Raises:
        LktError: nothing to do, or nowhere to write; what is wrong with one workbook raises nothing.
    """
    found = discover(order.paths, order.out)
    if not found.workbooks:
        raise LktError("Tidak ada buku kerja .xlsx di sana.", "Sebutkan folder atau berkasnya.")
    named = None if order.expected is None else read_expected(order.expected)
    earlier = discover(order.previous, order.out).workbooks
    template = read_template(order.template)
    order, notes = _without_libreoffice(order)
    folders = (order.out, order.out / STATE, order.out / FINDINGS)
    for folder in folders:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(f"Folder “{order.out}” tidak dapat dibuat: {why(error)}.") from None
    with only_one(order.out / STATE):
        known, lost = _owners({*found.workbooks, *earlier}, order, progress)
        owners = [known[path] for path in found.workbooks if path in known]
        expected = expected_by_the_list(owners) if named is None else named
        jobs, duplicates = _jobs(owners, [known[path] for path in earlier if path in known])
        unfinished = [_unfinished(path, lost[path]) for path in found.workbooks if path in lost]
        notes += [_unfinished(path, lost[path]).message for path in earlier if path in lost]
        done = _finish(_build(jobs, order, template, progress), order, progress)
        missing = [
            Summary("", Status.MISSING, each.kecamatan, each.kode)
            for each in expected
            if not any(map(each.is_same_kecamatan, owners))
        ]
        if missing and named is None:
            notes.append("Yang belum menyerahkan menurut daftar wilayah; daftar sendiri: --expected.")
        recap = combine([*(each.summary for each in done), *unfinished, *duplicates, *missing])
        files, more = _write_recap(recap, order)
        for folder in folders:  # a process may have died in the middle of a file
            sweep(folder)
    return Batch(recap, found, tuple(files), (*notes, *more), sum(each.unchanged for each in done))


def _without_libreoffice(order: Order) -> tuple[Order, list[str]]:
    """The order without page numbers where LibreOffice is missing, and what to say then.

    Raises:
        LktError: PDFs are wanted, and it is missing.
    """
    try:
        if order.pdf or order.pages:
            libreoffice.find()
    except LktError:
        if order.pdf:
            raise
        note = "LibreOffice tidak ditemukan, sehingga nomor halaman pada daftar isi belum terisi."
        return replace(order, pages=False), [note]
    return order, []


# Whose the workbooks are, and what is to be done with each -------------------------------------------------


@dataclass(frozen=True, slots=True)
class Job:
    """One workbook, and those of earlier quarters that it is compared with."""

    workbook: Path
    previous: tuple[Path, ...] = ()


def _owners(
    paths: Iterable[Path], order: Order, progress: Progress
) -> tuple[dict[Path, Owner], dict[Path, Unfinished]]:
    asked = sorted(paths)
    progress.begin("Membaca identitas", len(asked))
    owners: dict[Path, Owner] = {}
    lost: dict[Path, Unfinished] = {}
    for path, owner in run_jobs(asked, owner_of, processes=order.jobs):
        if isinstance(owner, Unfinished):
            lost[path] = owner
        else:
            owners[path] = owner
        progress.step(len(owners) + len(lost))
    return owners, lost


def _jobs(owners: Sequence[Owner], earlier: Sequence[Owner]) -> tuple[list[Job], list[Summary]]:
    """What is to be worked out, and the summaries of workbooks that are there twice."""
    jobs: list[Job] = []
    duplicates: list[Summary] = []
    for owner in owners:
        quarter = owner.triwulan
        same = [
            f"“{other.path}”"
            for other in owners
            if quarter and other.triwulan == quarter and other.is_same_kecamatan(owner) and other != owner
        ]
        before = (
            other.path
            for other in earlier
            if quarter and other.triwulan and other.triwulan < quarter and other.is_same_kecamatan(owner)
        )
        if same:
            message = (
                f"{owner.sebutan} dan triwulan yang sama juga ada pada {', '.join(same)}. "
                "Sisakan satu, lalu jalankan lagi."
            )
            name = owner.kecamatan or owner.path.stem
            twice = Summary(
                str(owner.path), Status.DUPLICATE, name, owner.kode, triwulan=quarter, message=message
            )
            duplicates.append(twice)
        else:
            jobs.append(Job(owner.path, tuple(before)))
    return jobs, duplicates


# One workbook: read, worked out, checked, built; whatever happens comes back as a summary ------------------

_WRITTEN_BESIDE = {
    Old.EDITED: "laporan lama sudah diubah dengan tangan; yang baru ditulis di sampingnya",
    Old.FOREIGN: "berkas lama bukan tulisan lkt; laporan baru ditulis di sampingnya",
    Old.OPEN: "laporan lama sedang terbuka; yang baru ditulis di sampingnya",
}


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a job.

    Attributes:
        summary: of its workbook.
        unchanged: whether the report that was there is left as it is.
        unfinished: whether LibreOffice has something to do for the report.
    """

    summary: Summary
    unchanged: bool = False
    unfinished: bool = False


def _build(jobs: Sequence[Job], order: Order, template: tuple[bytes, str], progress: Progress) -> list[Done]:
    progress.begin("Menyusun laporan", len(jobs))
    done: list[Done] = []
    one = partial(work, order=order, template=template)
    for job, each in run_jobs(jobs, one, processes=order.jobs):
        done.append(Done(_unfinished(job.workbook, each)) if isinstance(each, Unfinished) else each)
        progress.step(len(done), done[-1].summary)
    return done


def work(job: Job, order: Order, template: tuple[bytes, str]) -> Done:
    """Do one job.

    Args:
        job: the workbook.
        order: what the user asked for; the output folder is there.
        template: its bytes, and what the user calls it.
    """
    try:
        return _worked_out(job, order, template)
    except LktError as error:
        status = Status.UNREADABLE if isinstance(error, UnreadableWorkbookError) else Status.FAILED
        return Done(Summary(str(job.workbook), status, job.workbook.stem, message=told(error)))


def _unfinished(workbook: Path, what: Unfinished) -> Summary:
    """The summary of a workbook of which nothing is known but that it could not be done."""
    message = (
        f"“{workbook}” tidak selesai: {what.reason}. Buka di Excel, hapus lembar dan gambar yang tidak "
        "dipakai, simpan, lalu coba lagi; bila tetap begitu, laporkan kepada pemelihara lkt."
    )
    return Summary(str(workbook), Status.UNFINISHED, workbook.stem, message=message)


def _worked_out(job: Job, order: Order, template: tuple[bytes, str]) -> Done:
    result, origin = work_out_from(job.workbook, job.previous)
    checked = Checked(str(job.workbook), result)
    status = Status.BUILT
    if exit_code([checked], strict=order.strict):
        status = Status.DRAFT if order.draft else Status.FAULTY
    summary = summarize(result, checked.path, status)
    if summary.findings:
        summary = replace(summary, findings_page=_write_findings(checked, order.out))
    if status is Status.FAULTY:
        return Done(summary)
    draft = status is Status.DRAFT
    target = order.out / report_name(result, draft=draft)
    data, name = template
    source = source_file(name, data)
    current = _version_that(lambda report: is_made_from(report, source, origin, draft=draft), target)
    if current and not order.force:
        return _with_pdf(Done(replace(summary, report=current), unchanged=True), order)
    try:
        document = build_report(result, data, name, draft=draft, asal=origin)
        written = put(target, document, partial(look_at_report, draft=draft), force=order.force)
    except LktError as error:
        return Done(replace(summary, status=Status.FAILED, message=told(error)))
    note = "" if written.path == target else _WRITTEN_BESIDE.get(written.old, "")
    return _with_pdf(Done(replace(summary, report=written.path.name, note=note)), order)


def _with_pdf(done: Done, order: Order) -> Done:
    """With the PDF of its report where there is one, and whether LibreOffice has something to do."""
    path = order.out / done.summary.report
    report = _content(path)
    pdf = _version_that(lambda data: is_pdf_of(data, report), path.with_suffix(".pdf"))
    unfinished = (order.pdf and not pdf) or ((order.pdf or order.pages) and _lacks_numbers(report))
    return replace(done, summary=replace(done.summary, pdf=pdf), unfinished=unfinished)


def _write_findings(checked: Checked, out: Path) -> str:
    """Write the page of findings; its name, which is the same wherever the batch is run from."""
    workbook = Path(checked.path)
    mark = hashlib.sha256(os.fsencode(workbook.resolve())).hexdigest()[:6]
    name = f"{FINDINGS}/{fitting(workbook.stem)}-{mark}.html"
    write_generated(out / name, findings_page([checked]).encode())
    return name


def _version_that(fits: Callable[[bytes], bool], target: Path) -> str:
    """The name of a file, or of one written beside it because it could not be replaced; empty for none."""
    beside = target.parent.glob(f"{glob.escape(target.stem)} ({BESIDE}*){target.suffix}")
    return next((path.name for path in (target, *sorted(beside)) if fits(_content(path))), "")


def _content(path: Path) -> bytes:
    """What a file holds; nothing where it cannot be read."""
    try:
        return read_file(path)
    except LktError:
        return b""


# What LibreOffice does for the reports: page numbers, and PDFs; many files in one run ----------------------

_AT_ONCE = 20
_ENOUGH = 2  # failures before anything was done, after which no more is tried


def _lacks_numbers(report: bytes) -> bool:
    """Whether page numbers are to be filled in; a report that was edited by hand is not touched."""
    return is_unnumbered(report) and look_at_report(report)[0] is Old.OURS


def _finish(done: Sequence[Done], order: Order, progress: Progress) -> list[Done]:
    """All of them, with page numbers in their reports and with their PDFs, where these are wanted."""
    finished = [each for each in done if not each.unfinished]
    unfinished = [each for each in done if each.unfinished]
    if unfinished:
        progress.begin("PDF dan nomor halaman" if order.pdf else "Nomor halaman", len(unfinished))
    for start in range(0, len(unfinished), _AT_ONCE):
        some = unfinished[start : start + _AT_ONCE]

        def made(number: int, start: int = start) -> None:
            progress.step(start + number)

        finished += _finish_all_that_can_be(some, order, made)
        progress.step(start + len(some))
    return finished


def _finish_all_that_can_be(some: Sequence[Done], order: Order, made: Callable[[int], None]) -> list[Done]:
    """Together, or else one by one, so that a report on which LibreOffice fails does not stop the others.

    Where it fails on the first two of them too, it fails on any.
    """
    with suppress(LktError):
        return _finish_some(some, order, made)
    finished: list[Done] = []
    troubles: list[str] = []
    works = False
    for each in some:
        if works or len(troubles) < _ENOUGH:
            try:
                finished += _finish_some([each], order)
                made(len(finished))
                works = True
                continue
            except LktError as error:
                troubles.append(told(error))
        note = "; ".join(filter(None, (each.summary.note, troubles[-1])))
        finished.append(replace(each, summary=replace(each.summary, note=note)))
    return finished


def _finish_some(
    done: Sequence[Done], order: Order, made: Callable[[int], None] = lambda _: None
) -> list[Done]:
    """Together; ``made`` is told how many are done, half of each where numbers and PDF are two runs."""
    paths = [order.out / each.summary.report for each in done]
    documents = [read_file(path) for path in paths]
    unnumbered = [number for number, document in enumerate(documents) if _lacks_numbers(document)]
    runs = 2 if order.pdf and unnumbered else 1
    to_pdf = partial(libreoffice.convert, made=lambda number: made(number // runs))
    numbered = number_pages([documents[number] for number in unnumbered], to_pdf)
    for number, document in zip(unnumbered, numbered, strict=True):
        documents[number] = document
        write_generated(paths[number], document)
    if not order.pdf:
        return list(done)
    finished = []
    before = len(unnumbered) // 2
    to_pdf = partial(libreoffice.convert, made=lambda number: made(before + number // runs))
    for each, path, pdf in zip(done, paths, as_pdf(documents, to_pdf), strict=True):
        written = put(path.with_suffix(".pdf"), pdf, look_at_pdf, force=order.force)
        finished.append(replace(each, summary=replace(each.summary, pdf=written.path.name)))
    return finished


# The files of the recap: for Excel, for the Bupati, and for the browser ------------------------------------


def _write_recap(recap: Recap, order: Order) -> tuple[list[Path], list[str]]:
    """Write the recap; the files, and what the user must know of them.

    A document that was edited by hand is left alone, and the new one written beside it, unless ``force``. One
    that cannot be made does not stop the others.
    """
    xlsx, docx, html = (order.out / name for name in RECAP)
    files: list[Path] = []
    notes: list[str] = []

    def write_workbook() -> Path:
        """As it was written, now or by an earlier run, is a workbook of which not one byte is different."""
        record = order.out / STATE / f"{xlsx.name}.sha256"
        known = set(_content(record).split())
        look = lambda data: ((Old.OURS if _digest(data) in known else Old.FOREIGN), ())  # noqa: E731
        path = put(xlsx, rekap_xlsx(recap), look, force=order.force).path
        write_generated(record, b"\n".join(sorted(known | {_digest(path.read_bytes())})))
        return path

    def write_document() -> Path:
        return put(docx, rekap_docx(recap), look_at_report, force=order.force).path

    def write_page() -> Path:
        page = index_html(recap, __version__, documents=[path.name for path in files])
        write_generated(html, page.encode())
        return html

    for target, write in ((xlsx, write_workbook), (docx, write_document), (html, write_page)):
        try:
            files.append(write())
        except LktError as error:
            notes.append(f"{target.name}: {told(error)}")
            continue
        if files[-1] != target:
            told_why = "tidak diganti karena sudah diubah atau sedang terbuka"
            notes.append(f"“{target.name}” {told_why}; yang baru: {files[-1].name}.")
    return files, notes


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode()
