"""The cells of a workbook mean what openpyxl says they mean; and no file costs more than it holds."""

import io
import time
import warnings
from collections.abc import Callable
from datetime import date, datetime, timedelta
from datetime import time as clock
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from lkt.errors import UnreadableWorkbookError
from lkt.workbook.opening import grids_of
from lkt.xlsx import BUILTIN, Package, Raw, SheetCells, XlsxError, read_sheets, reading, section_for
from tests.builders import EXAMPLES
from tests.packages import altered
from tests.workbook.placing import floating, picture_xml
from tests.xlsx.samples import by_xlsxwriter

DAY = datetime.fromisoformat("1901-01-01")
Rows = dict[str, dict[tuple[int, int], Raw]]
SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
HEAD = f'<worksheet xmlns="{MAIN}"><sheetData>'


def ours(data: bytes) -> Rows:
    return {
        sheet.name: {(row, column): raw for row, cells in sheet.rows.items() for column, raw in cells.items()}
        for sheet in read_sheets(Package(data))
    }


def theirs(data: bytes) -> Rows:
    """The same by openpyxl, which shows formulas and results in two readings."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a number that is no day
        values = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
        formulas = openpyxl.load_workbook(io.BytesIO(data))
    return {
        sheet.title: {
            place: Raw(
                "" if _text_result(cell, formulas[sheet.title]) else cell.value,
                cell.number_format,
                formulas[sheet.title]._cells[place].data_type == "f",
                cell.data_type == "e",
            )
            for place, cell in sheet._cells.items()
            if cell.value is not None or formulas[sheet.title]._cells[place].data_type == "f"
        }
        for sheet in values.worksheets
    }


def _text_result(cell: Any, sheet: Any) -> bool:
    return sheet[cell.coordinate].data_type == "f" and cell.value is None and cell.data_type != "n"


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.xlsx")), ids=lambda path: path.stem)
def test_the_examples(path: Any) -> None:
    data = path.read_bytes()
    assert ours(data) == theirs(data)


values = st.one_of(
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.booleans(),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=12),
    st.datetimes(DAY, DAY + timedelta(days=73_000)).map(lambda at: at.replace(microsecond=0)),
    st.dates(date(1901, 1, 1), date(2100, 1, 1)),
    st.timedeltas(timedelta(0), timedelta(days=9)).map(lambda d: timedelta(seconds=round(d.total_seconds()))),
    st.sampled_from(["#REF!", "#N/A", "#DIV/0!", "=1+1", "=A1", "A & B < C", '"', "_x0041_"]),
)
formats = st.sampled_from(
    [*BUILTIN.values(), '0.00"%"', "dd/mm/yyyy", "[$-421]d mmmm yyyy", 'yyyy"d"', "0\\d", "[Red]0", "[hh]:mm"]
)


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(1, 30), st.integers(1, 60), values, formats), max_size=8))
def test_any_cell(cells: list[tuple[int, int, Any, str]]) -> None:
    book = openpyxl.Workbook()
    for row, column, value, code in cells:
        cell: Any = book.worksheets[0].cell(row, column)
        cell.value = value
        if isinstance(value, int | float):
            cell.number_format = code
    data = saved(book)
    expected = {place: raw for place, raw in theirs(data)["Sheet"].items() if "_x" not in str(raw.value)}
    assert {place: raw for place, raw in ours(data)["Sheet"].items() if place in expected} == expected


def saved(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def changed(change: Callable[[bytes], bytes], part: str = SHEET) -> bytes:
    """A workbook with one sheet, in which one part is changed."""
    return altered(saved(openpyxl.Workbook()), {part: change})


def sheet(rows: str, after: str = "") -> bytes:
    return changed(lambda _: f"{HEAD}{rows}</sheetData>{after}</worksheet>".encode())


def inline(content: str) -> str:
    return f"<row r='1'><c r='A1' t='inlineStr'>{content}</c></row>"


@pytest.mark.parametrize(
    ("rows", "after", "expected"),
    [
        (
            "<row><c><v>1</v></c><c t='str'><v>dua</v></c></row><row><c/><c><v>3</v></c></row>",
            "",
            {(1, 1): Raw(1), (1, 2): Raw("dua"), (2, 2): Raw(3)},
        ),
        *(
            (f"<row r='7'><c r='{address}'><v>1</v></c></row>", "", {(7, column): Raw(1)})
            for address, column in (
                *(("C7", 3), ("$C$7", 3), ("C17", 3), ("C8", 3), ("c7", 3), ("IW7", 257)),
                *((wrong, 1) for wrong in ("C", "7", "CCCC7", "C12345678")),
            )
        ),
        (
            inline("<is><r><t>se</t></r><r><t> la </t></r><rPh sb='0' eb='1'><t>x</t></rPh></is>"),
            "",
            {(1, 1): Raw("se la ")},
        ),
        (
            "<row r='1'><c r='A1'><v>x1</v></c><c r='B1' t='d'><v>2024-03-01T00:00:00</v></c></row>",
            "",
            {(1, 1): Raw("x1"), (1, 2): Raw(datetime.fromisoformat("2024-03-01"))},
        ),
        (
            "<row><c><v>1</v></c><c><v>2</v></c></row><row r='3'><c r='C3'><v>3</v></c></row>",
            '<mergeCells count="1"><mergeCell ref="A1:XFD2"/></mergeCells>',
            {(1, 1): Raw(1), (3, 3): Raw(3)},
        ),
    ],
)
def test_cells_as_any_program_writes_them(rows: str, after: str, expected: object) -> None:
    """Places left out or wrong, reading aids in rich text, what is no number or day, merged cells."""
    assert ours(sheet(rows, after))["Sheet"] == expected


def test_shared_texts() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        made = book.add_worksheet()
        for number in range(1000):
            made.write(number, 0, f"{number % 900} x")
    assert ours(buffer.getvalue()) == theirs(buffer.getvalue())


@pytest.mark.parametrize(
    "change",
    [
        lambda xml: xml[: len(xml) // 2],
        lambda xml: b'<!DOCTYPE x [<!ENTITY a "b">]>' + xml,
        lambda xml: xml.replace(b"<sheetData>", b"<sheetData>\x00"),
    ],
    ids=["cut off", "a document type", "no XML"],
)
def test_a_damaged_or_unsafe_part_is_refused(change: Callable[[bytes], bytes]) -> None:
    with pytest.raises(XlsxError):
        ours(changed(change))
    with pytest.raises(UnreadableWorkbookError, match="tidak dapat dibaca sebagai buku kerja"):
        grids_of(changed(change))


def test_more_cells_than_a_workbook_can_have(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_CELLS", 3)
    rows = "".join(f"<row r='{row}'><c r='A{row}'><v>{row}</v></c></row>" for row in range(1, 6))
    with pytest.raises(UnreadableWorkbookError, match="lebih dari 3 sel terisi"):
        grids_of(sheet(rows))


BLANK_ROWS = "".join(f'<row r="{row}" s="1"><c r="A{row}" s="1"/></row>' for row in range(2, 400_000))


@pytest.mark.parametrize(
    ("rows", "after"),
    [
        ('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', ""),
        ("", '<mergeCells><mergeCell ref="A1:XFD1048576"/><mergeCell ref="B1:XFC1048576"/></mergeCells>'),
        (BLANK_ROWS, ""),
    ],
    ids=["a stray cell", "merged to the end", "blank rows"],
)
def test_what_is_empty_costs_nothing(rows: str, after: str) -> None:
    data = sheet(f"<row r='1'><c r='A1'><v>1</v></c></row>{rows}", after)
    start = time.process_time()
    assert ours(data)["Sheet"][1, 1] == Raw(1)
    assert time.process_time() - start < 1.5


def test_a_sheet_that_is_not_wanted_is_named_and_not_read() -> None:
    broken = changed(lambda xml: xml[: len(xml) // 2])
    (found,) = read_sheets(Package(broken), lambda name: name == "Identitas")
    assert (found.name, found.rows) == ("Sheet", {})


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ("<si><t>a</t></si><si><t/></si><si><t>_x0041_ b</t></si>", ["a", "", "A b"]),
        ("<si><t>a</t></si><si><r><t>b</t></r><r><t>c</t></r></si><si/>", ["a", "bc", ""]),
        ("<si><t>a</t><rPh><t>lafal</t></rPh></si><si><t>b</t></si>", ["a", "b"]),
        ("<si><t>a</t><t>b</t></si><si/>", ["ab", ""]),
        ("<si><r><t>a</t></r></si><si><t>b</t></si>", ["a", "b"]),
    ],
    ids=["plain", "runs", "a reading beside", "two and none", "one run"],
)
def test_shared_texts_of_any_make(items: str, expected: list[str]) -> None:
    numbers = [*map(str, range(len(expected))), " 0 "]
    cells = "".join(f"<c t='s'><v>{number}</v></c>" for number in numbers)
    parts = {
        "xl/sharedStrings.xml": f"<sst xmlns='{MAIN}'>{items}</sst>".encode(),
        SHEET: f"{HEAD}<row>{cells}</row></sheetData></worksheet>".encode(),
    }
    data, *_ = read_sheets(Package(altered(by_xlsxwriter(), parts)), lambda name: name == "Data")
    assert [raw.value for raw in data.rows[1].values()] == [*expected, expected[0]]


@pytest.mark.parametrize("number", ["1", "-1", "x", "99999999999999999999"])
def test_a_text_that_is_not_there_never_reads_as_blank(number: str) -> None:
    text = f"<sst xmlns='{MAIN}'><si><t>a</t></si></sst>".encode()
    rows = f"{HEAD}<row><c t='s'><v>{number}</v></c></row></sheetData></worksheet>".encode()
    with pytest.raises(XlsxError, match="teksnya tidak ada"):
        ours(altered(by_xlsxwriter(), {"xl/sharedStrings.xml": text, SHEET: rows}))


def the_sheet(data: bytes) -> SheetCells:
    (found,) = read_sheets(Package(data))
    return found


@pytest.mark.parametrize("usual", ["", '<sheetFormatPr defaultRowHeight="15" zeroHeight="1"/>'])
def test_hidden_rows_are_also_those_of_no_height(usual: str) -> None:
    """Where rows are hidden unless they are written, those that are written still show."""
    rows = (
        "<row r='1' hidden='1'><c><v>1</v></c></row><row r='2'><c><v>1</v></c></row>"
        "<row r='3' ht='0' customHeight='1'/><row r='4' ht='9'/><row r='5' hidden='true' ht='9'/>"
    )
    change = changed(
        lambda _: f"{HEAD}{rows}</sheetData></worksheet>".replace(
            "<sheetData>", f"{usual}<sheetData>"
        ).encode()
    )
    assert the_sheet(change).hidden == {1, 3, 5}


def test_a_cell_that_lies_under_merged_ones_is_told() -> None:
    merged = the_sheet(
        sheet("", '<mergeCells><mergeCell ref="B2:C4"/><mergeCell ref="E1:E9"/></mergeCells>')
    ).merged
    assert (merged.first(4, 3), merged.first(9, 5)) == ((2, 2), (1, 5))
    assert [merged.first(*place) for place in ((2, 2), (1, 5), (5, 3), (4, 4), (1, 1))] == [None] * 5


@pytest.mark.parametrize(
    ("areas", "read"),
    [(["A2:XFD1048576"] * 9000, True), ([f"A{row}:XFD{row}" for row in range(2, 9000)], False)],
    ids=["one many times", "many wide ones"],
)
def test_what_merged_cells_may_cost(areas: list[str], read: bool) -> None:
    merged = f"<mergeCells>{''.join(f'<mergeCell ref={area!r}/>' for area in areas)}</mergeCells>"
    data = sheet("<row><c><v>1</v></c></row>", merged)
    start = time.process_time()
    if read:
        assert the_sheet(data).merged.first(3, 3) == (2, 1)
    else:
        with pytest.raises(UnreadableWorkbookError, match=r"terlalu besar.*lebih dari 2\.000\.000 sel"):
            grids_of(data)
    assert time.process_time() - start < 2


# Number formats


@pytest.mark.parametrize(
    ("code", "number", "section"),
    [
        ("0.00", -1, "0.00"),
        ('0;(0);"-"', -1, "0"),
        ('[<=1]0%;0"%"', 0.5, "[<=1]0%"),
        ('[<=1]0%;0"%"', 85, '0"%"'),
        ('[=0]"-";0%', 0, '[=0]"-"'),
        ('[=0]"-";0%', -3, "0%"),
        ("[<1]0.00;[<10]0.0;0", 50, "0"),
        ("[>100]0;-0;#", 50, "-0"),
        ('"a;b"0;\\;0', 1, '"a;b"0'),
        ("d/m/yy;@", -1, "d/m/yy"),
        ("", 1, ""),
    ],
)
def test_the_section_that_shows_a_number(code: str, number: float, section: str) -> None:
    assert section_for(code, number) == section


@pytest.mark.parametrize(
    ("style", "number", "value"),
    [
        ("formatCode='[=0]&quot;&quot;;d mmmm yyyy'", "45382", datetime.fromisoformat("2024-03-31")),
        ("formatCode='[=0]&quot;&quot;;d mmmm yyyy'", "0", 0),
        ("formatCode='[h]:mm:ss'", "0.5", timedelta(hours=12)),
        ("formatCode='0\\d'", "5", 5),
        ("formatCode='&quot;" + "[" * 60_000 + "'", "5", 5),
        *(
            (f"builtin={number}", "45382", datetime.fromisoformat("2024-03-31"))
            for number in (14, 27, 31, 36, 50, 58)
        ),
        *((f"builtin={number}", "0.5", clock(12)) for number in (21, 32, 35)),
    ],
)
def test_what_a_number_is_shown_as(style: str, number: str, value: object) -> None:
    own = "" if style.startswith("builtin") else f"<numFmts><numFmt numFmtId='200' {style}/></numFmts>"
    identifier = style.removeprefix("builtin=") if not own else "200"
    styles = f"<styleSheet xmlns='{MAIN}'>{own}<cellXfs><xf numFmtId='{identifier}'/></cellXfs></styleSheet>"
    data = altered(sheet(f"<row><c><v>{number}</v></c></row>"), {"xl/styles.xml": styles.encode()})
    start = time.process_time()
    assert ours(data)["Sheet"][1, 1].value == value
    assert time.process_time() - start < 1


# Cost


def test_many_merged_cells_and_many_pictures_cost_little() -> None:
    rows = "".join(f"<row r='{row}'><c r='A{row}'><v>1</v></c></row>" for row in range(1, 8000))
    areas = "".join(f'<mergeCell ref="C{row}:D{row}"/>' for row in range(1, 8000))
    anchor = (
        '<xdr:absoluteAnchor><xdr:pos x="0" y="9999999999"/><xdr:ext cx="9" cy="9"/>{}</xdr:absoluteAnchor>'
    )
    drawing = "".join(anchor.format(picture_xml()) for _ in range(2000))
    data = floating(sheet(rows, f"<mergeCells>{areas}</mergeCells>"), "Sheet", drawing, (bytes(50_000),))
    start = time.process_time()
    found = the_sheet(data)
    assert time.process_time() - start < 2
    (placed,) = found.pictures.values()
    assert len({id(each.data) for each in placed}) == 1
