"""The cells of a finding in few words."""

from collections.abc import Sequence

from lkt.model import Ref
from lkt.workbook.patch.addresses import split

_SHOWN = 4  # cells or runs of cells; the notes stand on all of them


def areas(refs: Sequence[Ref]) -> str:
    """The cells with runs down a column as ranges, the sheet only where it changes: Desa!C2:C4, F2."""
    pieces, sheet, shown = [], "", 0
    for run in _runs(refs)[:_SHOWN]:
        first, last = run[0], run[-1]
        area = first.cell if first == last else f"{first.cell}:{last.cell}"
        pieces.append(area if area and first.sheet == sheet else str(Ref(first.sheet, area)))
        sheet, shown = first.sheet, shown + len(run)
    more = len(refs) - shown
    return ", ".join(pieces) + (f", dan {more} sel lain" if more else "")


def _runs(refs: Sequence[Ref]) -> list[list[Ref]]:
    """The cells in their order, divided where one is not right below the one before."""
    runs: list[list[Ref]] = []
    for ref in refs:
        if runs and _is_below(runs[-1][-1], ref):
            runs[-1].append(ref)
        else:
            runs.append([ref])
    return runs


def _is_below(upper: Ref, lower: Ref) -> bool:
    above, below = split(upper.cell), split(lower.cell)
    if upper.sheet != lower.sheet or above is None or below is None:
        return False
    return above[1] == below[1] and above[0] + 1 == below[0]
