"""All corrections of a workbook that was read and worked out."""

from lkt.corrections.correction import Correction
from lkt.corrections.formulas import restore_formulas
from lkt.corrections.inputs import correct_inputs
from lkt.corrections.names import correct_names
from lkt.corrections.places import column_of, places_of, row_of
from lkt.model import Ref
from lkt.pipeline import Result


def corrections(result: Result) -> tuple[Correction, ...]:
    """What can be corrected without choosing, in the order of the workbook. Pure.

    After the correction of a heading or a key the cells under it are read for the first time, so that the
    workbook may offer more to correct; ``correct_workbook`` goes on until it does not.
    """
    dataset = result.dataset
    found = {made.ref: made for made in correct_names(dataset)}
    inputs = {made.ref: made for made in correct_inputs(places_of(dataset))}
    found.update(inputs)
    found.update({made.ref: made for made in restore_formulas(result, inputs)})
    order = {name: number for number, name in enumerate(dataset.sheets.values())}
    return tuple(sorted(found.values(), key=lambda made: _place(made.ref, order)))


def _place(ref: Ref, order: dict[str, int]) -> tuple[int, int, int, str]:
    """By sheet from left to right, by row, by column."""
    letter = column_of(ref)[1]
    return order.get(ref.sheet, -1), row_of(ref), len(letter), letter
