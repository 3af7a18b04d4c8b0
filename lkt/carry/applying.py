"""The plan put into the file: cells change and get their marks, nothing else in the package does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lkt.carry.guide import guide_changes, with_subject
from lkt.carry.plan import Plan, make_plan
from lkt.carry.rows import emptied_rows
from lkt.carry.step import Step
from lkt.errors import LktError
from lkt.findings import Severity, counts
from lkt.formats.workbook import derived_values
from lkt.indicators import compute
from lkt.model import Dataset, Ref
from lkt.pipeline import Result, run
from lkt.workbook.migrations import STEPS, upgrade
from lkt.workbook.migrations import Step as VersionStep
from lkt.workbook.opening import grids_of, refuse_other_files
from lkt.workbook.patch import (
    NewValue,
    PatchError,
    as_plain,
    forget_results,
    linked_cells,
    mark,
    remove_pictures,
    set_cells,
    set_results,
    strip_annotations,
    strip_marks,
)
from lkt.workbook.reader import read_grids

_PICTURED = "Kegiatan"


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of a workbook.

    Attributes:
        dataset: the workbook that was there.
        step: the two quarters.
        plan: what was changed and marked.
        refused: the cells that the file does not let anyone change on their own; they are as they were.
        pictures: how many pictures on emptied rows were taken out.
        macros: whether macros were, which no .xlsx may hold.
        errors: how many errors the workbook has that was there.
        renewed: the cells that were changed to make an older workbook one of the newest version.
    """

    dataset: Dataset
    step: Step
    plan: Plan
    refused: tuple[Ref, ...]
    pictures: int
    macros: bool
    errors: int
    renewed: tuple[Ref, ...] = ()


def carry_over(
    data: bytes, path: Path = Path("buku kerja.xlsx"), steps: Sequence[VersionStep] = STEPS
) -> tuple[bytes, Carried]:
    """The workbook of the next quarter in the newest version of the format, and what was done for it.

    Args:
        data: the workbook that is there.
        path: its name, in messages.
        steps: the versions that there are.

    Raises:
        UnreadableWorkbookError: the workbook cannot be read.
        LktError: its year or its quarter cannot be read, or cannot be changed.
    """
    refuse_other_files(data, path)
    plain, macros = as_plain(data)
    clean = strip_marks(strip_annotations(plain))
    grids = grids_of(clean, path)
    result = run(read_grids(grids, str(path), steps))
    clean, renewed = _newest(clean, upgrade(grids, result.dataset, steps))
    step = _step(result, clean, path)
    plan = make_plan(result.dataset, step, grids)
    days = int(result.dataset.identitas.batas_hari_kerja.value or 5)
    values: dict[Ref, NewValue] = {each.cell.ref: each.value for each in plan.changes}
    book, refused = _set(clean, values | guide_changes(grids, step.old, step.new, days), result.dataset)
    book, pictures = _without_pictures(book, result.dataset, step)
    book = _with_results(forget_results(book, values.keys()), steps)
    book = mark(with_subject(book, step.old, step.new), plan.marks)
    errors = counts([each for each in result.findings if not each.accepted])[Severity.ERROR]
    return book, Carried(result.dataset, step, plan, refused, pictures, macros, errors, renewed)


def _newest(data: bytes, values: Mapping[Ref, str | int]) -> tuple[bytes, tuple[Ref, ...]]:
    """The workbook in the newest version; as it is where the file does not let that be written."""
    try:
        return set_cells(data, values), tuple(values)
    except PatchError:
        return data, ()  # an older version is read as well as the newest


def _step(result: Result, data: bytes, path: Path) -> Step:
    periode, identitas = result.computed.periode, result.dataset.identitas
    if periode is None:
        raise LktError(
            f"Tahun atau Triwulan “{path}” tidak terbaca, sehingga triwulan berikutnya tidak diketahui.",
            f"Perbaiki {identitas.tahun.ref} dan {identitas.triwulan.ref}, lalu coba lagi.",
        )
    return Step(periode.triwulan, linked_cells(data))


def _set(data: bytes, values: Mapping[Ref, NewValue], dataset: Dataset) -> tuple[bytes, tuple[Ref, ...]]:
    """The workbook with its new values, and the cells that cannot be changed on their own.

    Raises:
        PatchError: the year or the quarter is such a cell.
    """
    try:
        return set_cells(data, values), ()
    except PatchError:
        refused = tuple(ref for ref in values if not _is_possible(data, ref, values[ref]))
    period = {dataset.identitas.tahun.ref, dataset.identitas.triwulan.ref}
    kept = {ref: value for ref, value in values.items() if ref not in refused or ref in period}
    return set_cells(data, kept), refused


def _is_possible(data: bytes, ref: Ref, value: NewValue) -> bool:
    try:
        set_cells(data, {ref: value})
    except PatchError:
        return False
    return True


def _without_pictures(data: bytes, dataset: Dataset, step: Step) -> tuple[bytes, int]:
    rows = emptied_rows(dataset, step).get(_PICTURED, ())
    return remove_pictures(data, dataset.sheets[_PICTURED], rows) if rows else (data, 0)


def _with_results(data: bytes, steps: Sequence[VersionStep]) -> bytes:
    """The workbook with the figures of its live formulas, as they are worked out from what is left."""
    dataset = read_grids(grids_of(data), steps=steps)
    return set_results(data, derived_values(dataset, compute(dataset)))
