"""``rekap.xlsx``: the recap as a workbook of native tables and charts; equal recaps give equal bytes."""

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.workbook import Workbook

from lkt.errors import OutputError
from lkt.files import why
from lkt.recap.cells import text_of
from lkt.recap.rekap import Rekap
from lkt.recap.sheet import RowSheet
from lkt.recap.sheetcharts import SHEET, blocks, write_charts
from lkt.recap.sheets import heading, tables
from lkt.recap.tables import Table
from lkt.recap.tablewriter import write_table
from lkt.workbook.styles import LINE, NAVY, PAPER, Formats

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_CREATED = datetime(2025, 1, 1)  # noqa: DTZ001 - a fixed stamp of the file, in no time zone
_LONG = frozenset({"Serapan", "Capaian", "Temuan"})
_CHARTS_BEFORE = "Serapan"
_LONGEST_FOOTER = 180  # letters; Excel takes 255 with its codes
_NARROW = 120  # letters that fit upright
_IN_MEMORY = 250  # kecamatan whose parts take a few MB, and less time than thirty files


def rekap_xlsx(rekap: Rekap, paper: str = "F4") -> bytes:
    """The workbook; the parts of a large one are put together in files, ten times as large as it is.

    Args:
        rekap: the recap.
        paper: ``F4`` or ``A4``.

    Raises:
        OutputError: the folder for temporary files is full or closed.
    """
    try:
        with TemporaryDirectory(prefix="lkt-rekap-", ignore_cleanup_errors=True) as folder:
            path = Path(folder) / "rekap.xlsx"
            _write(rekap, paper, path)
            return path.read_bytes()
    except (OSError, FileCreateError) as error:
        cause = error if isinstance(error, OSError) else error.args[0]
        raise OutputError(
            f"Berkas sementara tidak dapat ditulis: {why(cause)}.",
            "Kosongkan disk, atau arahkan variabel TMPDIR (TEMP di Windows) ke folder lain.",
        ) from None


def _write(rekap: Rekap, paper: str, path: Path) -> None:
    few = len(rekap.kecamatan) <= _IN_MEMORY
    book = Workbook(path, {"in_memory": few, "tmpdir": path.parent})
    title = heading(rekap)
    book.set_properties(
        {
            "title": text_of(title),
            "subject": "Rekapitulasi Laporan Kinerja Triwulan",
            "author": "lkt",
            "category": "Laporan kinerja",
            "created": _CREATED,
        }
    )
    formats, charts = Formats(book), blocks(rekap)
    for table in tables(rekap):
        if table.sheet == _CHARTS_BEFORE and charts:
            sheet = book.add_worksheet(SHEET)
            write_charts(book, sheet, formats, charts)
            _set_up(sheet, title, paper, landscape=True)
            sheet.fit_to_pages(1, 1)  # no chart is cut in two
        sheet = book.add_worksheet(table.sheet, RowSheet)
        write_table(sheet, formats, table)
        _set_up(sheet, title, paper, landscape=_wide(table))
        sheet.set_tab_color(LINE if table.sheet in _LONG else NAVY)
    book.close()
    # A workbook and its sheets hold each other, and all that was written, until the collector comes by.
    book.sheetnames.clear()
    book.worksheets().clear()


def _wide(table: Table) -> bool:
    return sum(column.width for column in table.columns) > _NARROW


def _set_up(sheet: "Worksheet", title: str, paper: str, *, landscape: bool) -> None:
    """One page wide, with the number of each page."""
    sheet.set_paper(PAPER[paper])
    if landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    shown = text_of(title)[:_LONGEST_FOOTER].replace("&", "&&")
    sheet.set_footer(f"&L&9{shown} – &A&R&9Halaman &P dari &N")
    sheet.hide_gridlines(2)
