"""Corrections put into the file: the cells change, and nothing else in the package does."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from lkt.corrections.correction import Correction
from lkt.corrections.finding import corrections
from lkt.corrections.showing import divided_texts, with_formats
from lkt.pipeline import run
from lkt.workbook.opening import grids_of
from lkt.workbook.patch import PatchError, set_cells
from lkt.workbook.reader import read_grids

if TYPE_CHECKING:
    from lkt.model import Ref

_MOST_ROUNDS = 9


def corrected(data: bytes, made: Iterable[Correction]) -> bytes:
    """A copy of a workbook with these corrections.

    Raises:
        UnreadableWorkbookError: the workbook is damaged.
        PatchError: one of the cells cannot be changed on its own, such as the heading of an Excel table.
    """
    every = list(made)
    if not every:
        return data
    return set_cells(with_formats(data, every), {each.ref: each.value for each in every})


def correct_workbook(
    data: bytes, path: Path = Path("buku kerja.xlsx")
) -> tuple[bytes, tuple[Correction, ...]]:
    """A corrected copy of a workbook and what was changed in it, until there is nothing left to correct.

    What the file does not allow is left out: the heading of an Excel table, a cell below a merged one, a
    text whose letters have different looks. ``path`` is the workbook's name in messages.

    Raises:
        UnreadableWorkbookError: it cannot be read.
    """
    changed: dict[Ref, Correction] = {}
    refused: set[Ref] = set()
    for _ in range(_MOST_ROUNDS):
        found = corrections(run(read_grids(grids_of(data, path), str(path))))
        wanted = [each for each in found if each.ref not in refused]
        data, done = _apply(data, wanted)
        if not done:
            break
        refused.update(each.ref for each in wanted if each not in done)
        for each in done:
            first = changed.get(each.ref)
            changed[each.ref] = replace(each, old=first.old, was=first.was) if first else each
    return data, tuple(changed.values())


def _apply(data: bytes, made: Sequence[Correction]) -> tuple[bytes, Sequence[Correction]]:
    """The workbook with the corrections that it allows, and these."""
    divided = divided_texts(data, [each.ref for each in made if isinstance(each.value, str)])
    whole = [each for each in made if each.ref not in divided]
    try:
        return corrected(data, whole), whole
    except PatchError:
        possible = [each for each in whole if _is_possible(data, each)]
        return corrected(data, possible), possible


def _is_possible(data: bytes, made: Correction) -> bool:
    try:
        corrected(data, [made])
    except PatchError:
        return False
    return True
