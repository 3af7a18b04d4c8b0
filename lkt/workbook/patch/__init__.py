"""Changes to a user's workbook that touch nothing else: the zip package is patched, never saved anew."""

from lkt.workbook.patch.annotate import annotate, strip_annotations
from lkt.workbook.patch.errors import PatchError
from lkt.workbook.patch.marking import Mark, Wait, mark, strip_marks
from lkt.workbook.patch.pictures import remove_pictures
from lkt.workbook.patch.plain import as_plain
from lkt.workbook.patch.results import forget_results, linked_cells, set_results
from lkt.workbook.patch.setting import set_cells
from lkt.workbook.patch.values import Formula, NewValue

__all__ = [
    "Formula",
    "Mark",
    "NewValue",
    "PatchError",
    "Wait",
    "annotate",
    "as_plain",
    "forget_results",
    "linked_cells",
    "mark",
    "remove_pictures",
    "set_cells",
    "set_results",
    "strip_annotations",
    "strip_marks",
]
