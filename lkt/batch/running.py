"""A whole batch: whose workbooks there are, each one done, and the recap of them all."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Protocol

from lkt import libreoffice
from lkt.batch.alike import Alike
from lkt.batch.discovery import PAGES as FINDINGS
from lkt.batch.discovery import STATE, Found, discover
from lkt.batch.expected import read_expected
from lkt.batch.finishing import PAGES, PDF, finish_all
from lkt.batch.identity import Owner, owner_of
from lkt.batch.lock import only_one
from lkt.batch.pool import Pool, cores
from lkt.batch.recapping import write_recap
from lkt.batch.work import UNCHANGED, Done, Job, Plan, work
from lkt.errors import LktError, OutputError
from lkt.files import why
from lkt.output import sweep
from lkt.recap.packed import Mapped, Packed
from lkt.recap.rekap import Rekap, combine
from lkt.recap.ringkasan import Ringkasan, Status, unreadable
from lkt.report.word import read_template

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

    def step(self, done: int, row: Ringkasan | None = None) -> None:
        """So many are done; the last one came to this."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What came of a batch.

    Attributes:
        rekap: every kecamatan.
        found: which files were taken, and which were passed over.
        recap: the files of the recap.
        notes: what else the user must know.
    """

    rekap: Rekap
    found: Found
    recap: tuple[Path, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """1 when a workbook has errors, cannot be read, stands twice, or gave no report."""
        bad = {Status.KESALAHAN, Status.GAGAL, Status.TIDAK_TERBACA, Status.GANDA, Status.DRAF}
        return int(any(row.status in bad for row in self.rekap.kecamatan))


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
    found: Found,
    expected: Iterable[tuple[str, str]],
    plan: Plan,
    notes: tuple[str, ...],
    progress: Progress,
) -> Batch:
    with Pool(order.jobs or cores()) as pool:
        owners = _owners(found.workbooks, pool, progress)
        before = _earlier(order, pool)
        double = _double(owners)
        single = [owner for owner in owners if owner.path not in double and owner.error is None]
        done = _work(single, before, plan, pool, progress)
        rekap = combine(
            itertools.chain(
                (each.ringkasan for each in (_finish(done, plan, pool, progress) if plan.finish else done)),
                double.values(),
                (_unreadable(owner) for owner in owners if owner.error is not None),
                _missing(expected, owners),
            )
        )
    recap, problems = write_recap(_lasting(rekap), order.out, force=order.force)
    for folder in _folders(order.out):  # a process may have died in the middle of a file
        sweep(folder)
    return Batch(rekap, found, recap, (*notes, *problems))


def _lasting(rekap: Rekap) -> Rekap:
    """The recap without what is said of this one run alone: it stays the same where nothing changed."""

    def lasting(row: Ringkasan, _: int) -> Ringkasan:
        return replace(row, catatan="") if row.catatan == UNCHANGED else row

    return replace(rekap, kecamatan=Mapped(lasting, rekap.kecamatan))


def _folders(out: Path) -> tuple[Path, Path, Path]:
    """The output folder, and those in it."""
    return out, out / STATE, out / FINDINGS


def _plan(order: Order) -> tuple[Plan, tuple[str, ...]]:
    template, name = read_template(order.template)
    try:
        for folder in _folders(order.out):
            folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"Folder “{order.out}” tidak dapat dibuat: {why(error)}.") from None
    finish, notes = _finishing(order)
    plan = Plan(
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
    return (PDF if order.pdf else PAGES), ()


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


def _double(owners: Iterable[Owner]) -> dict[Path, Ringkasan]:
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


def _twin(owner: Owner, others: Iterable[Owner]) -> Ringkasan:
    names = ", ".join(f"“{other.path}”" for other in others)
    message = f"Kecamatan dan triwulan yang sama juga ada pada {names}. Sisakan satu, lalu jalankan lagi."
    return replace(_row(owner, Status.GANDA), pesan=message)


def _row(owner: Owner, status: Status) -> Ringkasan:
    name = owner.kecamatan or owner.path.stem
    return Ringkasan(str(owner.path), status, name, owner.kode, triwulan=owner.triwulan)


def _unreadable(owner: Owner) -> Ringkasan:
    assert owner.error is not None
    return unreadable(owner.error, str(owner.path), owner.path.stem)


def _missing(expected: Iterable[tuple[str, str]], owners: Iterable[Owner]) -> Iterator[Ringkasan]:
    """Who should have handed in a workbook and has not."""
    handed_in = _by_kecamatan(owners)
    for kode, name in expected:
        if not handed_in.of(Owner(Path(), kode=kode, kecamatan=name).mark):
            yield Ringkasan("", Status.BELUM, name, kode)


def _work(
    owners: Sequence[Owner], before: Sequence[Owner], plan: Plan, pool: Pool, progress: Progress
) -> Iterator[Done]:
    """What comes of each, in the order in which they are done."""
    earlier = _by_kecamatan(before)
    jobs = [Job(owner.path, _previous(owner, earlier)) for owner in owners]
    progress.begin("Menyusun laporan", len(jobs))
    answers = pool.run(jobs, partial(work, plan=plan), lost=_lost)
    for number, (_, done) in enumerate(answers, start=1):
        progress.step(number, done.ringkasan)
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
    return Done(job, replace(unreadable(error, str(job.workbook), job.workbook.stem), status=Status.GAGAL))


def _finish(answers: Iterable[Done], plan: Plan, pool: Pool, progress: Progress) -> Iterator[Done]:
    done, waiting = Packed(answers), []
    pool.end()  # what LibreOffice does needs the memory, and no process but its own
    for place, each in enumerate(done):
        if each.unfinished:
            waiting.append(place)
        else:
            yield each
    if waiting:
        progress.begin("PDF dan nomor halaman" if plan.finish == PDF else "Nomor halaman", len(waiting))
        yield from finish_all(Mapped(lambda place, _: done[place], waiting), plan, progress.step)
