"""Changes to a user's workbook that touch nothing else: the zip package is patched, never saved anew."""

from lkt.workbook.patch.annotate import annotate, strip_annotations
from lkt.workbook.patch.errors import PatchError
from lkt.workbook.patch.setting import set_cells
from lkt.workbook.patch.values import Formula, NewValue

__all__ = ["Formula", "NewValue", "PatchError", "annotate", "set_cells", "strip_annotations"]
