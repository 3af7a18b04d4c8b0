"""The results of formulas that hang on a change."""

import io

import pytest
from xlsxwriter.workbook import Workbook

from lkt.model import Ref
from lkt.xlsx.setting import forget_results, linked_cells, set_results
from lkt.xlsx.sheets import remove_pictures
from tests.workbook.patch.looking import load, raw_entries
from tests.workbook.patch.samples import by_xlsxwriter, unzipped, zipped

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


def book() -> bytes:
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
    ("changed", "here", "there"),
    [
        ("A1", {"B1", "B2", "B3", "B6", "B7", "B8", "B9", "B10"}, {"A1"}),
        ("A3", {"B2", "B7", "B10"}, set()),
        ("A9", {"B5", "B7", "B10"}, {"A2"}),
        ("D9", {"B10"}, set()),
    ],
)
def test_what_hangs_on_a_cell_is_forgotten(changed: str, here: set[str], there: set[str]) -> None:
    done = forget_results(book(), [Ref("Data", changed)])
    assert forgotten(done, "Data") == here
    assert forgotten(done, "Lain kali") == there


def test_nothing_changed_forgets_nothing() -> None:
    data = book()  # made once: a second one may bear another second
    assert raw_entries(forget_results(data, [])) == raw_entries(data)


def test_shared_formulas_are_followed() -> None:
    parts = unzipped(book())
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].replace(b"<f>A1+1</f>", b'<f t="shared" ref="B1:B2" si="0">A1+1</f>')
    parts[name] = parts[name].replace(b"<f>SUM(A1:A3)</f>", b'<f t="shared" si="0"/>')
    assert "B2" in forgotten(forget_results(zipped(parts), [Ref("Data", "A2")]), "Data")
    assert "B1" not in forgotten(forget_results(zipped(parts), [Ref("Data", "A2")]), "Data")


def test_cells_that_look_at_others() -> None:
    linked = {ref.cell for ref in linked_cells(book()) if ref.sheet == "Data"}
    assert linked == set(CELLS) - {"B4", "B11"}


def test_results_are_put_where_formulas_are() -> None:
    done = set_results(book(), {("Data", "B1"): 0.25, ("Data", "B2"): "", ("Data", "A1"): 9, ("X", "A1"): 1})
    sheet = load(done, values=True)["Data"]
    assert (sheet["B1"].value, sheet["B2"].value or "", sheet["A1"].value) == (0.25, "", 1)
    assert load(done)["Data"]["B1"].value == "=A1+1"


def test_pictures_go_with_their_row_alone() -> None:
    original = by_xlsxwriter()  # a picture on row 8, a chart on row 14, a text box on row 2
    assert remove_pictures(original, "Data", {2, 14}) == (original, 0)
    assert remove_pictures(original, "Tidak Ada", {8}) == (original, 0)
    done, count = remove_pictures(original, "Data", {8})
    assert count == 1
    drawing = unzipped(done)["xl/drawings/drawing1.xml"]
    assert (drawing.count(b"<xdr:pic>"), drawing.count(b"<c:chart ")) == (0, 1)
    media = [name for name in unzipped(done) if name.startswith("xl/media/")]
    assert len(media) == 1  # the header of another sheet shows the same picture
