"""A whole batch: whose workbooks there are, each one done, and the recap of them all."""

import base64
import contextlib
import gc
import hashlib
import itertools
import json
import os
import pickle
import platform
import signal
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from multiprocessing import get_all_start_methods, get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol, Self, TypeVar

from lkt import __version__, libreoffice
from lkt.batch.discovery import PAGES, STATE, Alike, FoundFiles, Owner, discover, owner_of, read_expected
from lkt.batch.discovery import PAGES as FINDINGS
from lkt.checking import work_out_from
from lkt.errors import LktError, OutputError, UnreadableWorkbookError
from lkt.files import Origin, fitting, sweep, why, write_generated, write_parts
from lkt.findings import Severity
from lkt.formats.html import findings_html
from lkt.formats.json import Checked
from lkt.pipeline import Result
from lkt.recap.document import rekap_docx
from lkt.recap.page import index_parts
from lkt.recap.spreadsheet import rekap_xlsx
from lkt.recap.summary import Status, Summary, summarize, unreadable
from lkt.recap.totals import Recap, combine
from lkt.report.build import (
    Look,
    Old,
    Written,
    build_report,
    look_at_pdf,
    look_at_report,
    put,
    read_template,
    report_name,
    sealed_pdf,
    template_file,
)
from lkt.report.passages import PassageChange
from lkt.wordtemplate.contents import number_pages

# One batch at a time in an output folder: a lock that the system itself lets go when its holder dies ------


NAME = "kunci"
_FAR = 1 << 30  # Windows locks bytes against reading too; these are behind what is written


@contextlib.contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder, which is there, for as long as the block runs.

    Two batches in one folder would build every report twice and take each other's for files of the user's.
    The file stays; what counts is the lock on it, which a killed process loses. A file system that knows no
    locks is used without.

    Raises:
        OutputError: another batch holds it.
    """
    try:
        handle = os.open(folder / NAME, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError:  # the first report tells why nothing can be written here
        yield
        return
    try:
        if not _taken(handle):
            raise OutputError(
                f"Folder “{folder.parent}” sedang dipakai lkt batch lain ({_holder(handle)}).",
                "Tunggu sampai selesai, atau pilih folder hasil lain dengan --output.",
            )
        _sign(handle)
        yield
    finally:
        os.close(handle)


def _taken(handle: int) -> bool:
    try:
        _lock(handle)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return True
    return True


def _lock(handle: int) -> None:
    if os.name == "nt":
        import msvcrt  # noqa: PLC0415

        os.lseek(handle, _FAR, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        import fcntl  # noqa: PLC0415

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _sign(handle: int) -> None:
    """Write down who holds it; for a message only."""
    with contextlib.suppress(OSError):
        os.ftruncate(handle, 0)
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, json.dumps({"komputer": platform.node(), "proses": os.getpid()}).encode())


def _holder(handle: int) -> str:
    try:
        os.lseek(handle, 0, os.SEEK_SET)
        written = json.loads(os.read(handle, 1000))
        return f"proses {int(written['proses'])} di komputer {str(written['komputer'])[:80]}"
    except (OSError, ValueError, KeyError, TypeError):
        return "prosesnya tidak diketahui"


# Many jobs on all cores: each answer as it comes, and a stop that leaves whole files ----------------------


J = TypeVar("J")
R = TypeVar("R")

_AHEAD = 4
_NEEDED = ("lkt.batch.discovery", "lkt.batch.running", "lkt.cli")  # the last by the script that starts lkt
_BY_PROCESS = 4  # fewer jobs for each process are done sooner without it


def cores() -> int:
    """How many jobs can run at once."""
    count = getattr(os, "process_cpu_count", os.cpu_count)
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return count() or 1


class Pool:
    """Processes that do one row of jobs after another; begun with the first, ended with the block.

    Args:
        processes: how many run at once; with few jobs there are fewer, or none but this one.
    """

    def __init__(self, processes: int) -> None:
        self._processes = processes
        self._running: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        """Nothing is begun yet."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the processes; the jobs that were begun are done."""
        self.end()

    def end(self) -> None:
        """End the processes before the block does; the next jobs begin others."""
        if self._running is not None:
            self._running.shutdown(wait=True, cancel_futures=True)
            self._running = None

    def run(
        self, jobs: Sequence[J], work: Callable[[J], R], *, lost: Callable[[J], R]
    ) -> Iterator[tuple[J, R]]:
        """Every job with its answer, in the order in which they are done.

        Args:
            jobs: the jobs.
            work: does one; it and the jobs can be pickled, and it raises nothing.
            lost: the answer for a job that took its process down with it.

        Raises:
            KeyboardInterrupt: the user stopped it; the jobs that were begun are done.
        """
        processes = min(self._processes, len(jobs) // _BY_PROCESS)
        if processes < 2:
            yield from ((job, work(job)) for job in jobs)
            return
        left = dict(enumerate(jobs))
        for number, answer in self._in_processes(left, work, processes):
            yield left.pop(number), answer
        # A process was killed, for want of memory perhaps: each job that is left gets one of its own.
        for job in left.values():
            yield job, _alone(job, work, lost)

    def _in_processes(
        self, jobs: dict[int, J], work: Callable[[J], R], processes: int
    ) -> Iterator[tuple[int, R]]:
        if self._running is None:
            self._running = _begun(processes)
        pool = self._running
        waiting = iter(list(jobs.items()))
        numbers: dict[Future[R], int] = {}
        try:
            while True:
                # A few jobs ahead of each process: enough that none is idle, and an answer is kept by nobody.
                for number, job in itertools.islice(waiting, _AHEAD * processes - len(numbers)):
                    numbers[pool.submit(work, job)] = number
                if not numbers:
                    return
                for future in wait(numbers, return_when=FIRST_COMPLETED).done:
                    yield numbers.pop(future), future.result()
        except BrokenProcessPool:
            self.end()


def _alone(job: J, work: Callable[[J], R], lost: Callable[[J], R]) -> R:
    with _begun(1) as pool:
        try:
            return pool.submit(work, job).result()
        except BrokenProcessPool:
            return lost(job)


def _begun(processes: int) -> ProcessPoolExecutor:
    """Processes that are no copies of this one, which would copy the threads of the progress bar.

    Where the system can, they are copies of one that has imported all they need and done nothing else; else
    each begins anew, which costs it half a second.
    """
    context = get_context("forkserver" if "forkserver" in get_all_start_methods() else "spawn")
    context.set_forkserver_preload(list(_NEEDED))
    return ProcessPoolExecutor(processes, mp_context=context, initializer=_begin)


def _begin() -> None:
    """Ctrl-C reaches every process of the terminal; the first one stops the others, between two jobs.

    What was imported stays until the end, so that the collector need not look at it time and again.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()


# What a batch remembers of each workbook, so that an unchanged one is not built again ---------------------
#
# One small JSON file a workbook, in the folder ``.lkt`` of the output folder: what the report was made
# from, by
# digest, and what came of it. It is written after the report, so that a run that was stopped goes on there.


_VERSION = 1
_MISSING = ""
_BROKEN = (pickle.UnpicklingError, EOFError, ImportError, ValueError, KeyError, TypeError, AttributeError)


@dataclass(frozen=True, slots=True)
class Memory:
    """One workbook as it was when its report was built.

    Attributes:
        inputs: path -> SHA-256 of each file that the report depends on; empty for one that was not there.
        options: what else it depends on: template, version, options.
        outputs: file name, relative to the output folder -> SHA-256 as it was written.
        summary: what came of it.
        finished: what LibreOffice has done for the report; empty for nothing.
    """

    inputs: Mapping[str, str]
    options: Mapping[str, str]
    outputs: Mapping[str, str]
    summary: Summary
    finished: str = ""


def memory_path(out: Path, workbook: Path) -> Path:
    """Where the memory of a workbook is kept."""
    return out / STATE / f"{mark_of(workbook)[:20]}.json"


@lru_cache(maxsize=1)  # it is asked for time and again while one workbook is worked out
def mark_of(workbook: Path) -> str:
    """What a workbook is known by in names of files, wherever the batch is run from."""
    return hashlib.sha256(os.fsencode(workbook.resolve())).hexdigest()


def remember(path: Path, memory: Memory) -> None:
    """Keep a memory.

    It is written as it stands, not aside and moved into place: half of one is none, and its report is built
    again.

    Raises:
        OutputError: it cannot be written.
    """
    data = {
        "version": _VERSION,
        "inputs": dict(memory.inputs),
        "options": dict(memory.options),
        "outputs": dict(memory.outputs),
        "summary": base64.b64encode(pickle.dumps(memory.summary)).decode(),
        "finished": memory.finished,
    }
    # a file name need not be UTF-8; what Python makes of it is kept as it stands
    content = json.dumps(data, ensure_ascii=False).encode(errors="surrogatepass")
    try:
        path.write_bytes(content)
    except OSError as error:
        raise OutputError(f"“{path}” tidak dapat ditulis: {why(error)}.") from None


def recall(path: Path) -> Memory | None:
    """The memory that was kept; None where there is none, or none that can be read."""
    try:
        data = json.loads(path.read_bytes())
        if data["version"] != _VERSION:
            return None
        summary = pickle.loads(base64.b64decode(data["summary"]))  # noqa: S301
        return Memory(data["inputs"], data["options"], data["outputs"], summary, data["finished"])
    except (*_BROKEN, OSError):
        return None


def is_current(memory: Memory, options: Mapping[str, str], out: Path) -> bool:
    """Whether a report would come out as it did: the same files, the same options, and it is still there."""
    return (
        memory.options == options
        and all((out / name).is_file() for name in memory.outputs)
        and digests([Path(path) for path in memory.inputs]) == memory.inputs
    )


def digests(paths: Sequence[Path]) -> dict[str, str]:
    """Path -> SHA-256 of the file there; empty for one that cannot be read."""
    return {str(path): _digest(path) for path in paths}


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return _MISSING


# One workbook of a batch: read, worked out, checked, built; whatever happens comes back as a summary ------


UNCHANGED = "tidak berubah sejak dijalankan terakhir"
_BESIDE = {
    Old.EDITED: "laporan lama sudah diubah dengan tangan; yang baru ditulis di sampingnya",
    Old.FOREIGN: "berkas lama bukan tulisan lkt; laporan baru ditulis di sampingnya",
    Old.OPEN: "laporan lama sedang terbuka; yang baru ditulis di sampingnya",
}


@dataclass(frozen=True, slots=True)
class BatchPlan:
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
    summary: Summary
    unfinished: bool = False


def work(job: Job, plan: BatchPlan) -> Done:
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
    return Done(job, replace(summary, status=Status.FAILED))


def _kept(job: Job, memory: Memory, plan: BatchPlan) -> Done:
    summary = replace(memory.summary, file=str(job.workbook), note=UNCHANGED)
    built = summary.status in {Status.BUILT, Status.DRAFT}
    return Done(job, summary, unfinished=built and bool(plan.finish) and memory.finished != plan.finish)


def _worked_out(job: Job, plan: BatchPlan, options: Mapping[str, str]) -> Done:
    result, asal = work_out_from(job.workbook, job.previous)
    summary = summarize(result, str(job.workbook), _status(result, plan))
    outputs: dict[str, str] = {}
    if summary.findings:
        summary = replace(summary, findings_page=_write_page(job, result, plan, outputs))
    if summary.status in {Status.BUILT, Status.DRAFT}:
        summary = _built(summary, result, asal, plan, outputs)
    inputs = {str(job.workbook): asal.buku_kerja.sha256, **digests(list(_other_inputs(job, result)))}
    memory = Memory(inputs, options, outputs, summary)
    remember(memory_path(plan.out, job.workbook), memory)
    return Done(job, summary, unfinished=bool(plan.finish and summary.report))


def _status(result: Result, plan: BatchPlan) -> Status:
    open_findings = {found.severity for found in result.findings if not found.accepted}
    stopping = {Severity.ERROR, Severity.WARNING} if plan.strict else {Severity.ERROR}
    if not open_findings & stopping:
        return Status.BUILT
    return Status.DRAFT if plan.draft else Status.FAULTY


def _built(
    summary: Summary, result: Result, asal: Origin, plan: BatchPlan, outputs: dict[str, str]
) -> Summary:
    """The summary with its report; the reason where that cannot be built or written."""
    try:
        document = build_report(
            result, plan.template, plan.template_name, draft=summary.status is Status.DRAFT, asal=asal
        )
        written = put(plan.out / report_name(result), document, look_at_report, force=plan.force)
    except LktError as error:
        return replace(summary, status=Status.FAILED, message=f"{error.message} {error.hint}".strip())
    outputs[written.path.name] = hashlib.sha256(document).hexdigest()
    return replace(summary, report=written.path.name, note=_beside(written))


def _beside(written: Written) -> str:
    return "" if written.path == written.target else _BESIDE.get(written.old, "")


def _write_page(job: Job, result: Result, plan: BatchPlan, outputs: dict[str, str]) -> str:
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


# What LibreOffice does for the reports of a batch: page numbers, and PDFs; many files in one run ----------


NUMBERING, PDF = "halaman", "halaman dan pdf"
_AT_ONCE = 20


def finish_all(done: Sequence[Done], plan: BatchPlan, told: Callable[[int], None]) -> Iterator[Done]:
    """The jobs with the page numbers of their reports, and with their PDFs where the plan asks for them.

    Args:
        done: jobs with a report that LibreOffice has not seen.
        plan: what the batch is to do.
        told: is told how many are finished, time and again.
    """
    for start in range(0, len(done), _AT_ONCE):
        some = done[start : start + _AT_ONCE]
        try:
            finished = _finish(some, plan)
        except LktError as error:
            finished = [_failed_finishing(each, error) for each in some]
        told(start + len(some))
        yield from finished


def _finish(done: Sequence[Done], plan: BatchPlan) -> list[Done]:
    paths = [plan.out / each.summary.report for each in done]
    documents = [path.read_bytes() for path in paths]
    # A report that was edited by hand since is printed as it is, and not touched.
    ours = [number for number, each in enumerate(done) if _is_ours(each, documents[number], plan)]
    numbered = number_pages([documents[number] for number in ours])
    for number, document in zip(ours, numbered, strict=True):
        documents[number] = document
        write_generated(paths[number], document)
    names = _pdfs(documents, paths, plan) if plan.finish == PDF else [""] * len(done)
    return [
        _remembered(each, document, name, plan)
        for each, document, name in zip(done, documents, names, strict=True)
    ]


def _is_ours(done: Done, document: bytes, plan: BatchPlan) -> bool:
    memory = recall(memory_path(plan.out, done.job.workbook))
    return memory is not None and memory.outputs.get(done.summary.report) == _digest_finishing(document)


def _digest_finishing(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _pdfs(documents: Sequence[bytes], paths: Sequence[Path], plan: BatchPlan) -> list[str]:
    with TemporaryDirectory(prefix="lkt-pdf-") as folder:
        sources = [Path(folder) / f"{number}.docx" for number in range(len(documents))]
        for source, document in zip(sources, documents, strict=True):
            source.write_bytes(document)
        made = libreoffice.convert(sources, Path(folder))
        return [
            put(
                path.with_suffix(".pdf"), sealed_pdf(pdf.read_bytes()), look_at_pdf, force=plan.force
            ).path.name
            for path, pdf in zip(paths, made, strict=True)
        ]


def _remembered(done: Done, document: bytes, pdf: str, plan: BatchPlan) -> Done:
    summary = replace(done.summary, pdf=pdf)
    path = memory_path(plan.out, done.job.workbook)
    memory = recall(path)
    if memory is not None:
        outputs = {
            **memory.outputs,
            summary.report: _digest_finishing(document),
            **({pdf: ""} if pdf else {}),
        }
        remember(path, replace(memory, outputs=outputs, summary=summary, finished=plan.finish))
    return Done(done.job, summary)


def _failed_finishing(done: Done, error: LktError) -> Done:
    note = "; ".join(filter(None, (done.summary.note, f"{error.message} {error.hint}".strip())))
    return Done(done.job, replace(done.summary, note=note))


# The files of the recap in the output folder: for Excel, for the Bupati, and for the browser --------------


_XLSX, _DOCX, _HTML = "rekap.xlsx", "rekap.docx", "index.html"
_RECORD = "rekap.json"
_KEPT = "“{}” tidak diganti karena sudah diubah atau sedang terbuka; yang baru: {}."


@dataclass
class _Recap:
    """The recap while it is written: what there is, and what the user must know."""

    recap: Recap
    out: Path
    force: bool
    written: list[Path] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, name: str, make: Callable[[Recap], bytes], look: Look) -> None:
        """Write one document; one that cannot be made does not stop the others."""
        try:
            done = put(self.out / name, make(self.recap), look, force=self.force)
        except LktError as error:
            self.notes.append(f"{name}: {error.message} {error.hint}".strip())
            return
        self.written.append(done.path)
        if done.path != done.target:
            self.notes.append(_KEPT.format(done.target.name, done.path.name))


def write_recap(recap: Recap, out: Path, *, force: bool) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """Write the recap.

    A document that was edited by hand is left alone, and the new one written beside it, unless ``force``.

    Returns:
        The files, and what the user must know of them.
    """
    writing = _Recap(recap, out, force)
    writing.add(_XLSX, rekap_xlsx, _look_at_workbook(out))
    writing.add(_DOCX, rekap_docx, look_at_report)
    _record(out, writing.written)
    documents = [path.name for path in writing.written]

    def page() -> Iterator[bytes]:
        return (part.encode() for part in index_parts(recap, __version__, documents=documents))

    try:
        write_parts(out / _HTML, page)
        writing.written.append(out / _HTML)
    except LktError as error:
        writing.notes.append(f"{_HTML}: {error.message} {error.hint}".strip())
    return tuple(writing.written), tuple(writing.notes)


def _look_at_workbook(out: Path) -> Look:
    """A workbook is as it was written as long as not one byte is different."""
    known = _recorded(out)

    def look(data: bytes, _name: str) -> tuple[Old, tuple[PassageChange, ...]]:
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


# A whole batch: whose workbooks there are, each one done, and the recap of them all -----------------------


_NO_LIBREOFFICE = "LibreOffice tidak ditemukan, sehingga nomor halaman pada daftar isi belum terisi."


@dataclass(frozen=True, slots=True)
class Order:
    """What the user asked for.

    Attributes:
        paths: files and folders with workbooks.
        out: the output folder; made where it is missing.
        template: the office's own template; None for the one that comes with the program.
        previous: folders with the workbooks of earlier quarters.
        expected: a list of the kecamatan that should hand in.
        jobs: how many processes; None for one a core.
        draft: build in spite of errors.
        strict: warnings stop a build too.
        pdf: make PDFs too.
        pages: fill in the page numbers of lists, where LibreOffice is there.
        force: build what is unchanged, and replace what was edited by hand.
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
    """

    recap: Recap
    found: FoundFiles
    files: tuple[Path, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """1 when a workbook has errors, cannot be read, stands twice, or gave no report."""
        bad = {Status.FAULTY, Status.FAILED, Status.UNREADABLE, Status.DUPLICATE, Status.DRAFT}
        return int(any(row.status in bad for row in self.summaries))

    @property
    def summaries(self) -> list[Summary]:
        """Of each workbook, and of each kecamatan without one."""
        return [row.summary for row in self.recap.rows]


def run_batch(order: Order, progress: Progress) -> Batch:
    """Do it all.

    Raises:
        LktError: nothing to do, or nowhere to write; what is wrong with one workbook raises nothing.
    """
    found = discover(order.paths, order.out)
    if not found.workbooks:
        raise LktError("Tidak ada buku kerja .xlsx di sana.", "Sebutkan folder atau berkasnya.")
    expected = () if order.expected is None else read_expected(order.expected)
    plan, notes = _plan(order)
    with only_one(order.out / STATE):
        return _run(order, found, expected, plan, notes, progress)


def _run(
    order: Order,
    found: FoundFiles,
    expected: Iterable[tuple[str, str]],
    plan: BatchPlan,
    notes: tuple[str, ...],
    progress: Progress,
) -> Batch:
    with Pool(order.jobs or cores()) as pool:
        owners = _owners(found.workbooks, pool, progress)
        before = _earlier(order, pool)
        double = _double(owners)
        single = [owner for owner in owners if owner.path not in double and owner.error is None]
        done = _work(single, before, plan, pool, progress)
        recap = combine(
            itertools.chain(
                (
                    each.summary
                    for each in (_finish_running(done, plan, pool, progress) if plan.finish else done)
                ),
                double.values(),
                (_unreadable(owner) for owner in owners if owner.error is not None),
                _missing(expected, owners),
            )
        )
    files, problems = write_recap(_lasting(recap), order.out, force=order.force)
    for folder in _folders(order.out):  # a process may have died in the middle of a file
        sweep(folder)
    return Batch(recap, found, files, (*notes, *problems))


def _lasting(recap: Recap) -> Recap:
    """The recap without what is said of this one run alone: it stays the same where nothing changed."""

    def lasting(row: Summary) -> Summary:
        return replace(row, note="") if row.note == UNCHANGED else row

    return combine(lasting(row.summary) for row in recap.rows)


def _folders(out: Path) -> tuple[Path, Path, Path]:
    """The output folder, and those in it."""
    return out, out / STATE, out / FINDINGS


def _plan(order: Order) -> tuple[BatchPlan, tuple[str, ...]]:
    template, name = read_template(order.template)
    try:
        for folder in _folders(order.out):
            folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"Folder “{order.out}” tidak dapat dibuat: {why(error)}.") from None
    finish, notes = _finishing(order)
    plan = BatchPlan(
        order.out,
        template,
        name,
        draft=order.draft,
        strict=order.strict,
        force=order.force,
        finish=finish,
    )
    return plan, notes


def _finishing(order: Order) -> tuple[str, tuple[str, ...]]:
    """What LibreOffice is to do, and what to say where it is missing."""
    if not (order.pdf or order.pages):
        return "", ()
    try:
        libreoffice.find()
    except LktError:
        if order.pdf:
            raise
        return "", (_NO_LIBREOFFICE,)
    return (PDF if order.pdf else NUMBERING), ()


def _owners(paths: Sequence[Path], pool: Pool, progress: Progress) -> list[Owner]:
    progress.begin("Membaca identitas", len(paths))
    owners: dict[Path, Owner] = {}
    for path, owner in pool.run(paths, owner_of, lost=_lost_owner):
        owners[path] = replace(owner, path=path)  # else each path would be there twice
        progress.step(len(owners))
    return [owners[path] for path in paths]


def _lost_owner(path: Path) -> Owner:
    return Owner(path, error=_took_the_process_down(path))


def _took_the_process_down(path: Path) -> LktError:
    return LktError(
        f"“{path}” menghentikan prosesnya, mungkin karena kehabisan memori.",
        "Buka di Excel, hapus lembar dan gambar yang tidak dipakai, simpan, lalu coba lagi.",
    )


def _earlier(order: Order, pool: Pool) -> list[Owner]:
    """The readable workbooks of the folders that --prev names."""
    paths = discover(order.previous, order.out).workbooks if order.previous else ()
    answers = dict(pool.run(paths, owner_of, lost=_lost_owner))
    return [answers[path] for path in paths if answers[path].error is None]


def _double(owners: Iterable[Owner]) -> dict[Path, Summary]:
    """The workbooks of which another is of the same kecamatan and quarter."""
    known = [owner for owner in owners if owner.error is None and owner.triwulan is not None]
    alike = _by_kecamatan(known)
    found = {}
    for owner in known:
        mine = (other for other in alike.of(owner.mark) if other.triwulan == owner.triwulan)
        others = [other for other in mine if other.path != owner.path]
        if others:
            found[owner.path] = _twin(owner, others)
    return found


def _by_kecamatan(owners: Iterable[Owner]) -> Alike[Owner]:
    return Alike((owner.mark, owner) for owner in owners)


def _twin(owner: Owner, others: Iterable[Owner]) -> Summary:
    names = ", ".join(f"“{other.path}”" for other in others)
    message = f"Kecamatan dan triwulan yang sama juga ada pada {names}. Sisakan satu, lalu jalankan lagi."
    return replace(_row(owner, Status.DUPLICATE), message=message)


def _row(owner: Owner, status: Status) -> Summary:
    name = owner.kecamatan or owner.path.stem
    return Summary(str(owner.path), status, name, owner.kode, triwulan=owner.triwulan)


def _unreadable(owner: Owner) -> Summary:
    assert owner.error is not None
    return unreadable(owner.error, str(owner.path), owner.path.stem)


def _missing(expected: Iterable[tuple[str, str]], owners: Iterable[Owner]) -> Iterator[Summary]:
    """Who should have handed in a workbook and has not."""
    handed_in = _by_kecamatan(owners)
    for kode, name in expected:
        if not handed_in.of(Owner(Path(), kode=kode, kecamatan=name).mark):
            yield Summary("", Status.MISSING, name, kode)


def _work(
    owners: Sequence[Owner], before: Sequence[Owner], plan: BatchPlan, pool: Pool, progress: Progress
) -> Iterator[Done]:
    """What comes of each, in the order in which they are done."""
    earlier = _by_kecamatan(before)
    jobs = [Job(owner.path, _previous(owner, earlier)) for owner in owners]
    progress.begin("Menyusun laporan", len(jobs))
    answers = pool.run(jobs, partial(work, plan=plan), lost=_lost)
    for number, (_, done) in enumerate(answers, start=1):
        progress.step(number, done.summary)
        yield done


def _previous(owner: Owner, before: Alike[Owner]) -> tuple[Path, ...]:
    """The workbooks of earlier quarters of the same kecamatan."""
    quarter = owner.triwulan
    if quarter is None:
        return ()
    mine = before.of(owner.mark)
    return tuple(other.path for other in mine if other.triwulan is not None and other.triwulan < quarter)


def _lost(job: Job) -> Done:
    error = _took_the_process_down(job.workbook)
    return Done(job, replace(unreadable(error, str(job.workbook), job.workbook.stem), status=Status.FAILED))


def _finish_running(
    answers: Iterable[Done], plan: BatchPlan, pool: Pool, progress: Progress
) -> Iterator[Done]:
    done, waiting = list(answers), []
    pool.end()  # what LibreOffice does needs the memory, and no process but its own
    for place, each in enumerate(done):
        if each.unfinished:
            waiting.append(place)
        else:
            yield each
    if waiting:
        progress.begin("PDF dan nomor halaman" if plan.finish == PDF else "Nomor halaman", len(waiting))
        yield from finish_all([done[place] for place in waiting], plan, progress.step)
