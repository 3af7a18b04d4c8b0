"""Changes to a workbook: what they become in the file, and that nothing else changes."""

import io
import re
import time
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from xlsxwriter.workbook import Workbook

from lkt.addresses import address
from lkt.model import Ref
from lkt.xlsx import DATE_FORMAT, CellError, Formula, NewValue, Percent, WorkbookEditor, XlsxError
from tests.packages import altered, relate, unzipped, zipped
from tests.xlsx.looking import (
    MAIN,
    cells_of,
    changed,
    conditions,
    formatting,
    load,
    note,
    problems,
    root,
    with_cells,
)
from tests.xlsx.samples import ODD_NAME, SAMPLES, TALL, by_hand, by_openpyxl, by_xlsxwriter

DAY = datetime.fromisoformat("2024-03-31")
MORNING = datetime.fromisoformat("2024-03-31T06:00")
SHEET = "xl/worksheets/sheet1.xml"


def change(cell: str, value: NewValue, data: bytes | None = None) -> bytes:
    return with_cells(data or by_xlsxwriter(), {Ref("Data", cell): value})


# New values


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (5, 5),
        (Decimal("25.12"), 25.12),
        (0.5, 0.5),
        (True, True),
        ("teks <&> ", "teks <&> "),
        ("baris\nbaru", "baris\nbaru"),
        (None, None),
        ("", None),
        (date(2024, 3, 31), DAY),
        (MORNING, MORNING),
        (Percent(Decimal("25.12"), 2), 0.2512),
        (Formula("=SUM(B2:B4)", 7), "=SUM(B2:B4)"),
        (Formula("=A2", ""), "=A2"),
    ],
)
@pytest.mark.parametrize("cell", ["A2", "B2", "C6", "D2", "H3", "A200"])
def test_a_cell_takes_any_value(cell: str, value: NewValue, written: object) -> None:
    data = by_xlsxwriter()
    done = change(cell, value, data)
    assert load(done)["Data"][cell].value == written
    assert _others(done, cell) == _others(data, cell)


def _others(data: bytes, cell: str) -> dict[tuple[str, str], str]:
    return {key: value for key, value in cells_of(data).items() if key != ("Data", cell)}


def test_only_the_sheet_changes() -> None:
    data = by_openpyxl()
    before, after = unzipped(data), unzipped(change("B1", 7, data))
    assert {part for part in before if before[part] != after[part]} == {SHEET}
    assert unzipped(with_cells(by_openpyxl(), {})).keys() == before.keys()


@pytest.mark.parametrize("name", SAMPLES)
def test_a_workbook_that_is_not_changed_keeps_every_part(name: str) -> None:
    original = SAMPLES[name]()
    assert unzipped(WorkbookEditor(original).save()) == unzipped(original)


@pytest.mark.parametrize("name", ["xlsxwriter", "openpyxl", "asli"])
def test_the_workbook_stays_valid(name: str, tmp_path: Path) -> None:
    original = SAMPLES[name]()
    sheet = load(original).sheetnames[0]
    values: dict[Ref, NewValue] = {
        Ref(sheet, "H9"): 1,
        Ref(sheet, "J1"): "teks",
        Ref(sheet, "B4"): date(2024, 1, 2),
    }
    assert problems(with_cells(original, values), tmp_path) == problems(original, tmp_path)


def test_the_style_is_kept() -> None:
    original = by_xlsxwriter()
    for cell in ("A1", "D4", "D5"):
        after = load(change(cell, "x", original))["Data"][cell]
        assert formatting(after) == formatting(load(original)["Data"][cell])


@pytest.mark.parametrize(
    ("cell", "value", "code"),
    [
        ("B2", date(2024, 3, 31), DATE_FORMAT),
        ("D4", date(2024, 3, 31), "d mmmm yyyy"),
        ("B2", Percent(Decimal(30)), "0%"),
        ("B2", Percent(Decimal("30.125"), 3), "0.000%"),
        ("B2", 5, "General"),
    ],
)
def test_a_value_shows_as_what_it_is(cell: str, value: NewValue, code: str) -> None:
    assert load(change(cell, value))["Data"][cell].number_format == code


@pytest.mark.parametrize("code", ["0.0", "#,##0", "[$-421]d mmmm yyyy", "0%"])
def test_a_number_format_is_given(code: str) -> None:
    done = changed(by_xlsxwriter(), lambda book: book.set_cell("Data", "B2", 7, code))
    assert load(done)["Data"]["B2"].number_format == code
    assert WorkbookEditor(done).number_format("data", "B2") == code


def test_a_number_in_a_cell_for_text_becomes_a_number() -> None:
    original = SAMPLES["asli"]()
    assert WorkbookEditor(original).number_format("Identitas", "B13") == "@"
    done = load(with_cells(original, {Ref("Identitas", "B13"): 5}))["Identitas"]["B13"]
    assert (done.value, done.number_format) == (5, "General")


def test_dates_count_from_1904_where_the_workbook_says_so() -> None:
    old = altered(
        by_xlsxwriter(),
        {"xl/workbook.xml": lambda xml: xml.replace(b"<workbookPr ", b'<workbookPr date1904="1" ')},
    )
    assert load(change("B2", date(2024, 3, 31), old))["Data"]["B2"].value == DAY


def test_new_rows_and_cells_stand_in_order() -> None:
    cells = ("C2", "A3", "A2", "E4", "A4", "B9", "D1", "A9")
    done = with_cells(by_hand(), {Ref("Data", cell): cell for cell in cells})
    found = root(done, "ab/lembar.xml")
    assert [row.get("r") for row in found.iter(f"{MAIN}row")] == [None, "2", "3", "4", "9"]
    assert [cell.get("r") for cell in [*found.iter(f"{MAIN}row")][-1]] == ["A9", "B9"]
    assert {cell: load(done)["Data"][cell].value for cell in cells} == {cell: cell for cell in cells}
    assert load(done)["Data"]["B1"].value == 5


def test_a_new_cell_looks_like_its_column() -> None:
    name, plain = "xl/worksheets/sheet5.xml", b'<col min="1" max="1" '
    styled = altered(SAMPLES["asli"](), {name: lambda xml: xml.replace(plain, plain + b'style="3" ', 1)})
    done = root(with_cells(styled, {Ref("Anggaran", "A99"): "x"}), name)
    (cell,) = [item for item in done.iter(f"{MAIN}c") if item.get("r") == "A99"]
    assert cell.get("s") == "3"


@pytest.mark.parametrize(
    ("ref", "value", "message"),
    [
        (Ref("Tidak Ada", "A1"), 1, "tidak ada"),
        (Ref("Data"), 1, "tidak ada"),
        (Ref("Data", "A1048577"), 1, "tidak ada"),
        (Ref("Data", "F8"), 1, "sel gabungan"),
        (Ref(ODD_NAME, "A1"), "Lain", "judul kolom tabel"),
        (Ref("Data", "A2"), "x" * 32768, "tidak muat"),
        (Ref("Data", "A2"), date(1900, 1, 1), "terlalu lama"),
    ],
)
def test_what_would_break_the_workbook_is_refused_and_changes_nothing(
    ref: Ref, value: NewValue, message: str
) -> None:
    original = by_xlsxwriter()
    book = WorkbookEditor(original)
    with pytest.raises(CellError, match=message):
        book.set_cell(ref.sheet, ref.cell, value)
    assert unzipped(book.save()) == unzipped(original)


def test_letters_of_different_looks_are_told() -> None:
    book = WorkbookEditor(by_xlsxwriter())
    assert [cell for cell in ("A2", "B2", "D2", "Z9") if book.has_runs("Data", cell)] == ["D2"]


# Formulas around a cell


def with_formulas(cells: str, chain: str = "") -> bytes:
    parts = unzipped(by_openpyxl())
    parts["xl/worksheets/sheet2.xml"] = (
        f'<worksheet xmlns="{MAIN[1:-1]}"><sheetData><row r="1">{cells}</row></sheetData></worksheet>'
    ).encode()
    if chain:
        relate(parts, "xl/workbook.xml", "calcChain", "calcChain.xml")
        parts["xl/calcChain.xml"] = f'<calcChain xmlns="{MAIN[1:-1]}">{chain}</calcChain>'.encode()
    return zipped(parts)


def test_cells_that_share_a_formula_keep_it() -> None:
    book = with_formulas(
        '<c r="A1"><f t="shared" ref="A1:C1" si="0">A5*$B$2</f><v>1</v></c>'
        '<c r="B1"><f t="shared" si="0"/><v>2</v></c><c r="C1"><f t="shared" si="0"/><v>3</v></c>'
    )
    sheet = load(with_cells(book, {Ref("Kosong", "A1"): 9}))["Kosong"]
    assert [cell.value for cell in sheet[1]] == [9, "=B5*$B$2", "=C5*$B$2"]


def test_a_cell_of_an_array_formula_is_refused() -> None:
    book = with_formulas('<c r="A1"><f t="array" ref="A1:B1">X1:Y1*2</f><v>1</v></c><c r="B1"><v>2</v></c>')
    with pytest.raises(CellError, match="Kosong!B1 adalah bagian dari rumus"):
        with_cells(book, {Ref("Kosong", "B1"): 9})


@pytest.mark.parametrize(("cell", "stays"), [("A1", False), ("Z1", True)])
def test_the_order_of_calculation_goes_with_a_formula(cell: str, stays: bool) -> None:
    book = with_formulas('<c r="A1"><f>1</f></c><c r="B1"><f>2</f></c>', '<c r="A1" i="2"/><c r="B1"/>')
    done = unzipped(with_cells(book, {Ref("Kosong", cell): 9}))
    assert ("xl/calcChain.xml" in done) == (b"calcChain" in done["xl/_rels/workbook.xml.rels"]) == stays


def test_dependents_are_calculated_when_the_copy_is_opened() -> None:
    assert load(change("B2", 7)).calculation.fullCalcOnLoad
    assert root(change("B1", 7, by_hand()), "xl/workbook.xml").find(f"{MAIN}calcPr") is not None


# Results of formulas

CELLS = {
    "B1": "=A1+1",
    "B2": "=SUM(A1:A3)",
    "B3": "=B1*2",
    "B4": "=2+3",
    "B5": "=A9",
    "B6": "=Angka",
    "B7": "=SUM(A:A)",
    "B8": "=SUM(1:1)",
    "B9": "='Lain kali'!A1",
    "B10": "=TidakDikenal",
    "B11": '="A1"&"x"',
}


def calculated() -> bytes:
    data = io.BytesIO()
    made = Workbook(data, {"in_memory": True})
    sheet, other = made.add_worksheet("Data"), made.add_worksheet("Lain kali")
    sheet.write_column("A1", [1, 2, 3])
    for cell, formula in CELLS.items():
        sheet.write_formula(cell, formula, None, 7)
    other.write_formula("A1", "=Data!B1", None, 7)
    other.write_formula("A2", "=Data!A9", None, 7)
    made.define_name("Angka", "=Data!$A$1")
    made.close()
    return data.getvalue()


def forgotten(data: bytes, sheet: str) -> set[str]:
    shown, formulas = load(data, values=True)[sheet], load(data)[sheet]
    every = (cell for row in formulas.iter_rows() for cell in row if str(cell.value).startswith("="))
    return {cell.coordinate for cell in every if shown[cell.coordinate].value is None}


@pytest.mark.parametrize(
    ("cells", "here", "there"),
    [
        (["A1"], {"B1", "B2", "B3", "B6", "B7", "B8", "B9", "B10"}, {"A1"}),
        (["A3"], {"B2", "B7", "B10"}, set()),
        (["A9"], {"B5", "B7", "B10"}, {"A2"}),
        (["D9"], {"B10"}, set()),
        ([], set(), set()),
    ],
)
def test_what_hangs_on_a_cell_is_forgotten(cells: list[str], here: set[str], there: set[str]) -> None:
    done = changed(calculated(), lambda book: book.forget_results(("Data", cell) for cell in cells))
    assert forgotten(done, "Data") == here
    assert forgotten(done, "Lain kali") == there


def test_shared_formulas_are_followed() -> None:
    parts = unzipped(calculated())
    parts[SHEET] = parts[SHEET].replace(b"<f>A1+1</f>", b'<f t="shared" ref="B1:B2" si="0">A1+1</f>')
    parts[SHEET] = parts[SHEET].replace(b"<f>SUM(A1:A3)</f>", b'<f t="shared" si="0"/>')
    done = changed(zipped(parts), lambda book: book.forget_results([("Data", "A2")]))
    assert {"B1", "B2"} & forgotten(done, "Data") == {"B2"}


def test_cells_that_look_at_others() -> None:
    linked = WorkbookEditor(calculated()).linked_cells()
    assert {cell for sheet, cell in linked if sheet == "Data"} == set(CELLS) - {"B4", "B11"}


def test_results_are_put_where_formulas_are() -> None:
    book = WorkbookEditor(calculated())
    for sheet, cell, value in (("Data", "B1", 0.25), ("Data", "B2", ""), ("Data", "A1", 9), ("X", "A1", 1)):
        book.set_result(sheet, cell, value)
    shown = load(book.save(), values=True)["Data"]
    assert (shown["B1"].value, shown["B2"].value or "", shown["A1"].value) == (0.25, "", 1)
    assert load(book.save())["Data"]["B1"].value == "=A1+1"


# Highlights and notes


@pytest.mark.parametrize(
    ("cell", "formula"),
    [
        ("B2", "ISNUMBER(B2),B2=1"),
        ("B3", "ISNUMBER(B3),B3=0"),
        ("B4", "ISNUMBER(B4),B4=0.3012"),
        ("B5", "ISNUMBER(B5),B5=-2.5"),
        ("B6", "ISNUMBER(B6),B6=1E+20"),
        ("D4", "ISNUMBER(D4),D4=45382"),
        ("A2", 'ISTEXT(A2),EXACT(A2,"satu")'),
        ("A3", 'ISTEXT(A3),EXACT(A3,"dua ""kutip""")'),
        ("A4", 'ISTEXT(A4),EXACT(A4,"baris"&CHAR(10)&"baru")'),
        ("A5", f'ISTEXT(A5),EXACT(A5,"{TALL[:250]}"&"{TALL[250:]}")'),
        ("A7", 'ISTEXT(A7),EXACT(A7," tepi ")'),
        ("A8", 'ISTEXT(A8),EXACT(A8,"x_"&"x0041_")'),
        ("D2", 'ISTEXT(D2),EXACT(D2,"biasa tebal akhir")'),
        ("D3", "ISLOGICAL(D3),D3=TRUE"),
        ("D5", "ISBLANK(D5)"),
        ("D99", "ISBLANK(D99)"),
        ("C2", "ISNUMBER(C2),C2=2"),
        ("C4", "ISERROR(C4)"),
        ("C5", "ISLOGICAL(C5),C5=TRUE"),
        ("C6", 'ISTEXT(C6),EXACT(C6,"satu!")'),
    ],
)
def test_a_colour_shows_while_the_cell_holds_what_was_written(cell: str, formula: str) -> None:
    assert conditions(highlighted(by_xlsxwriter(), cell), SHEET) == {cell: formula}


def highlighted(data: bytes, *cells: str) -> bytes:
    return changed(data, lambda book: book.highlight("Data", dict.fromkeys(cells, "FFFFB3AD"), "lkt"))


@pytest.mark.parametrize(
    ("data", "cell"),
    [(by_xlsxwriter(), "A6"), (by_openpyxl(), "B3"), (by_hand(), "B4"), (by_hand(), "C4")],
    ids=["endless text", "never calculated", "ISO date", "never calculated, no address"],
)
def test_where_no_formula_can_tell_the_colour_stays(data: bytes, cell: str) -> None:
    part = "ab/lembar.xml" if "ab/lembar.xml" in unzipped(data) else SHEET
    assert conditions(highlighted(data, cell), part) == {cell: 'N("lkt")=0'}


def test_a_picture_in_a_cell_is_no_error() -> None:
    book = altered(by_xlsxwriter(), {SHEET: lambda xml: xml.replace(b'"C4" t="e"', b'"C4" t="e" vm="1"')})
    assert conditions(highlighted(book, "C4"), SHEET) == {"C4": 'N("lkt")=0'}


def test_inline_texts_and_cells_without_an_address_are_found() -> None:
    expected = {"A1": 'ISTEXT(A1),EXACT(A1,"satu")', "B1": "ISNUMBER(B1),B1=5"}
    assert conditions(highlighted(by_hand(), "A1", "B1"), "ab/lembar.xml") == expected


@pytest.mark.parametrize("text", ["😀" * 300, '"' * 300, "x" * 300])
def test_a_text_in_a_formula_is_cut_where_letters_count_twice(text: str) -> None:
    (formula,) = conditions(highlighted(change("A2", text), "A2"), SHEET).values()
    pieces = re.findall(r'"((?:[^"]|"")*)"', formula)
    assert "".join(pieces).replace('""', '"') == text
    assert max(len(piece.encode("utf-16-le")) // 2 for piece in pieces) <= 255


def test_light_letters_turn_dark_on_the_colour() -> None:
    formats = load(highlighted(by_xlsxwriter(), "A1", "B2"))["Data"].conditional_formatting
    rules = {str(each.sqref): each.rules[0] for each in formats if "lkt" in "".join(each.rules[0].formula)}
    assert {cell: rule.dxf.font is not None for cell, rule in rules.items()} == {"A1": True, "B2": False}


def test_our_conditions_come_first_and_the_others_move_up() -> None:
    done = root(highlighted(by_xlsxwriter(), "B2", "A2"), SHEET)
    assert sorted(int(rule.get("priority", "0")) for rule in done.iter(f"{MAIN}cfRule")) == [1, 2, 3, 4]
    ours = [each.getparent() for each in done.iter(f"{MAIN}formula") if 'N("lkt")' in (each.text or "")]
    assert [rule.get("priority") for rule in ours if rule is not None] == ["1", "2"]


def test_formats_of_a_pivot_table_keep_their_number() -> None:
    plain = b"<conditionalFormatting "
    book = altered(by_openpyxl(), {SHEET: lambda xml: xml.replace(plain, plain + b'pivot="1" ')})
    done = root(highlighted(book, "B2", "A2"), SHEET)
    assert [rule.get("priority") for rule in done.iter(f"{MAIN}cfRule")] == ["1", "2", "3"]


def noted(data: bytes, *cells: str, sheet: str = "Data", text: str = "\nKeliru.") -> bytes:
    notes = {cell: [(text, False)] for cell in cells}
    return changed(data, lambda book: book.add_notes(sheet, notes, "— Judul —"))


def test_elements_stand_where_the_schema_wants_them() -> None:
    done = changed(
        noted(by_xlsxwriter(), "B2", sheet=ODD_NAME),
        lambda book: book.highlight(ODD_NAME, {"B2": "FF0000"}, "lkt"),
    )
    tags = [str(item.tag).removeprefix(MAIN) for item in root(done, "xl/worksheets/sheet2.xml")]
    assert tags.index("sheetProtection") < tags.index("conditionalFormatting") < tags.index("pageMargins")
    assert tags.index("headerFooter") < tags.index("legacyDrawing") < tags.index("legacyDrawingHF")


@pytest.mark.parametrize(
    ("data", "cell", "author"), [(by_openpyxl(), "A2", "Budi"), (by_xlsxwriter(), "A1", "Ani")]
)
def test_a_note_of_the_user_comes_first(data: bytes, cell: str, author: str) -> None:
    comment = load(noted(data, cell))["Data"][cell].comment
    assert comment.text == "Catatan pengguna\n— Judul —\nKeliru.\u200b"
    assert comment.author == author


def test_texts_with_markup_and_control_characters_are_written_as_they_are() -> None:
    done = noted(by_openpyxl(), "B2", text='a < b & "c" \x01 _x0041_ \ud800')
    assert 'a < b & "c" _x0001_ _x005F_x0041_ \ufffd' in note(done, "Data", "B2")


def drawings(data: bytes) -> list[str]:
    parts = unzipped(data)
    return [parts[name].decode() for name in parts if name.endswith(".vml") and b'"Note"' in parts[name]]


def anchors(data: bytes) -> list[list[int]]:
    found = re.findall(r"Anchor>([^<]+)<", "".join(drawings(data)))
    return [[int(number) for number in anchor.split(",")] for anchor in found]


def test_every_note_has_a_box_of_its_own() -> None:
    cells = [f"B{row}" for row in range(1, 1200)]
    done = noted(noted(by_xlsxwriter(), "A1", *cells), "A1", sheet="Tersembunyi")
    for text, count in zip(drawings(done), (1200, 1), strict=True):
        numbers = re.findall(r'id="_x0000_s(\d+)"', text)
        assert len(set(numbers)) == len(numbers) == count


def test_the_box_of_a_note_grows_with_its_text() -> None:
    (before,), (after,) = anchors(by_xlsxwriter()), anchors(noted(by_xlsxwriter(), "A1", text="\nkata" * 20))
    assert after[:4] == before[:4]
    assert after[6] > before[6]


def test_a_note_at_the_edge_of_the_sheet_has_its_box_inside() -> None:
    anchor = anchors(noted(by_openpyxl(), "XFD1048576"))[-1]
    assert anchor[0] < anchor[4] <= 16383
    assert anchor[2] < anchor[6] <= 1048575


def test_a_drawing_that_is_not_well_formed_is_kept() -> None:
    parts = unzipped(by_openpyxl())
    name = next(part for part in parts if part.endswith(".vml"))
    parts[name] = parts[name].replace(b"</xml>", b"<br></xml>")
    assert b"<br>" in unzipped(noted(zipped(parts), "B2"))[name]


@pytest.mark.parametrize(
    "styles",
    [
        b'<styleSheet xmlns="%s"/>' % MAIN[1:-1].encode(),
        b'<styleSheet xmlns="%s"><fonts/><fills/><cellXfs/><dxfs/></styleSheet>' % MAIN[1:-1].encode(),
        None,
    ],
    ids=["no lists", "empty lists", "no part"],
)
def test_styles_are_made_where_there_are_none(styles: bytes | None) -> None:
    parts = unzipped(by_hand())
    if styles is not None:
        parts["xl/styles.xml"] = styles
    else:
        del parts["xl/styles.xml"]
        for name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
            parts[name] = re.sub(rb"<[^>]*styles.xml[^>]*>", b"", parts[name])
    done = with_cells(highlighted(zipped(parts), "A1"), {Ref("Data", "B4"): date(2024, 3, 31)})
    assert load(done)["Data"]["B4"].number_format == DATE_FORMAT
    assert len(list(root(done, "xl/styles.xml").iter(f"{MAIN}dxf"))) == 1


# Pictures, properties, macros


def test_pictures_go_with_their_row_alone() -> None:
    original = by_xlsxwriter()  # a picture on row 8, a chart on row 14, a text box on row 2
    book = WorkbookEditor(original)
    assert book.remove_pictures("Data", {2, 14}) == book.remove_pictures("Tidak Ada", {8}) == 0
    assert unzipped(book.save()) == unzipped(original)
    shouted = {name.replace("_rels/vml", "_RELS/vml"): part for name, part in unzipped(original).items()}
    for each in (book, WorkbookEditor(zipped(shouted))):
        assert each.remove_pictures("Data", {8}) == 1
        parts = unzipped(each.save())
        drawing = parts["xl/drawings/drawing1.xml"]
        assert (drawing.count(b"<xdr:pic>"), drawing.count(b"<c:chart ")) == (0, 1)
        assert sum(name.startswith("xl/media/") for name in parts) == 1  # a header shows the same picture


def test_a_workbook_with_macros_becomes_a_plain_one() -> None:
    plain = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    macros = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    parts = unzipped(by_openpyxl())
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(plain, macros)
    relate(parts, "xl/workbook.xml", "vbaProject", "vbaProject.bin")
    relate(parts, "xl/vbaProject.bin", "vbaProjectSignature", "vbaProjectSignature.bin")
    parts |= {"xl/vbaProject.bin": b"makro", "xl/vbaProjectSignature.bin": b"tanda"}
    book = WorkbookEditor(zipped(parts))
    assert book.make_plain()
    done = unzipped(book.save())
    assert plain in done["[Content_Types].xml"]
    assert not [name for name in done if "vbaProject" in name]
    assert b"vbaProject" not in done["xl/_rels/workbook.xml.rels"]
    assert not WorkbookEditor(book.save()).make_plain()


def test_a_property_is_changed_in_part() -> None:
    book = WorkbookEditor(SAMPLES["asli"]())
    book.replace_in_property("subject", "Triwulan I ", "Triwulan II ")
    book.replace_in_property("keywords", "x", "y")
    assert load(book.save()).properties.subject.count("Triwulan II ") == 1


# Cost


def test_many_changes_take_time_that_grows_with_their_number() -> None:
    notes = {address(row, column): [("\nKeliru.", False)] for row in range(2, 1500) for column in (1, 2)}

    def mark(book: WorkbookEditor) -> None:
        book.highlight("Data", dict.fromkeys(notes, "FFFFB3AD"), "lkt")
        book.add_notes("Data", notes, "— Judul —")
        for cell in notes:
            book.set_cell("Data", cell, 5)

    marked = changed(by_openpyxl(), mark)
    assert len(conditions(marked, SHEET)) == len(notes)
    again = changed(marked, lambda book: book.remove_marks("lkt", "— Judul —"))
    assert not conditions(again, SHEET)


def test_results_are_forgotten_in_time_that_grows_with_the_formulas() -> None:
    """Each formula looks at a few cells of its own; beside them stand sums that grow, and one without end."""
    data = io.BytesIO()
    made = Workbook(data, {"in_memory": True})
    sheet = made.add_worksheet("Data")
    for row in range(1, 1500):
        sheet.write_formula(f"B{row}", f"=SUM(A{row}:A{row + 4})", None, 7)
        sheet.write_formula(f"C{row}", f"=SUM(A$1:A{row})", None, 7)
    sheet.write_formula("D1", f"=E1{'+E1' * 5000}", None, 7)
    made.close()
    book = WorkbookEditor(data.getvalue())
    start = time.process_time()
    book.forget_results(("Data", f"A{row}") for row in range(100, 1500))
    assert time.process_time() - start < 3
    gone = forgotten(book.save(), "Data")
    assert {"B95", "B96", "C99", "C100", "C1499", "D1"} & gone == {"B96", "C100", "C1499", "D1"}


@pytest.mark.parametrize("part", ["xl/styles.xml", "xl/workbook.xml"])
def test_a_part_that_is_named_and_missing_is_told(part: str) -> None:
    with pytest.raises(XlsxError, match=f"bagian “{part}” tidak ada"):
        change("B2", date(2024, 3, 31), altered(by_xlsxwriter(), {part: None}))
