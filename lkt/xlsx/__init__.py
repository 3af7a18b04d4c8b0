"""Any .xlsx workbook: read as raw cells, or changed cell by cell while all else in it stays as it is.

One package layer with bounds on what others' files may cost is under both. Nothing here knows what the cells
are about; a cell is a sheet and an address.
"""

from lkt.xlsx.cell_styles import INK
from lkt.xlsx.editing import CellError, Formula, NewValue, Percent, WorkbookEditor
from lkt.xlsx.listing import CellLook, ListedCell, Listing
from lkt.xlsx.number_formats import BUILTIN, DATE_FORMAT, is_date_format, section_for
from lkt.xlsx.package import MOST_UNPACKED, Package, XlsxError
from lkt.xlsx.reading import Areas, Raw, SheetCells, read_sheets

__all__ = [
    "BUILTIN",
    "DATE_FORMAT",
    "INK",
    "MOST_UNPACKED",
    "Areas",
    "CellError",
    "CellLook",
    "Formula",
    "ListedCell",
    "Listing",
    "NewValue",
    "Package",
    "Percent",
    "Raw",
    "SheetCells",
    "WorkbookEditor",
    "XlsxError",
    "is_date_format",
    "read_sheets",
    "section_for",
]
