"""Formulas around a cell that gets a new value, and the order of calculation."""

import pytest

from lkt.model import Ref
from lkt.xlsx.package import PatchError
from lkt.xlsx.setting import set_cells
from tests.workbook.patch.looking import MAIN, load, root
from tests.workbook.patch.samples import (
    by_openpyxl,
    unzipped,
    zipped,
)


def _with_formulas(cells: str, chain: str = "") -> bytes:
    parts = unzipped(by_openpyxl())
    parts["xl/worksheets/sheet2.xml"] = (
        f'<worksheet xmlns="{MAIN[1:-1]}"><sheetData><row r="1">{cells}</row></sheetData></worksheet>'
    ).encode()
    if chain:
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"
        link = f'<Relationship Id="rIdC" Type="{kind}" Target="calcChain.xml"/></Relationships>'
        rels = parts["xl/_rels/workbook.xml.rels"]
        parts["xl/_rels/workbook.xml.rels"] = rels.replace(b"</Relationships>", link.encode())
        parts["xl/calcChain.xml"] = f'<calcChain xmlns="{MAIN[1:-1]}">{chain}</calcChain>'.encode()
    return zipped(parts)


def test_cells_that_share_a_formula_keep_it() -> None:
    book = _with_formulas(
        '<c r="A1"><f t="shared" ref="A1:C1" si="0">A5*$B$2</f><v>1</v></c>'
        '<c r="B1"><f t="shared" si="0"/><v>2</v></c><c r="C1"><f t="shared" si="0"/><v>3</v></c>'
    )
    sheet = load(set_cells(book, {Ref("Kosong", "A1"): 9}))["Kosong"]
    assert [cell.value for cell in sheet[1]] == [9, "=B5*$B$2", "=C5*$B$2"]


def test_a_cell_of_an_array_formula_is_refused() -> None:
    book = _with_formulas('<c r="A1"><f t="array" ref="A1:B1">X1:Y1*2</f><v>1</v></c><c r="B1"><v>2</v></c>')
    with pytest.raises(PatchError, match="Kosong!B1 adalah bagian dari rumus"):
        set_cells(book, {Ref("Kosong", "B1"): 9})


@pytest.mark.parametrize(
    ("cells", "left"),
    [
        (("A1",), [("B1", "2"), ("A1", "1"), ("A2", None)]),
        (("A1", "B1"), [("A1", "1"), ("A2", None)]),
        ((), [("A1", "2"), ("B1", None), ("A1", "1"), ("A2", None)]),
    ],
)
def test_a_removed_formula_leaves_the_order_of_calculation(
    cells: tuple[str, ...], left: list[tuple[str, str]]
) -> None:
    formulas = '<c r="A1"><f>1</f></c><c r="B1"><f>2</f></c>'
    book = _with_formulas(formulas, '<c r="A1" i="2"/><c r="B1"/><c r="A1" i="1"/><c r="A2"/>')
    changed = set_cells(book, {Ref("Kosong", cell): 9 for cell in cells} | {Ref("Kosong", "Z1"): 1})
    assert [(item.get("r"), item.get("i")) for item in root(changed, "xl/calcChain.xml")] == left


def test_an_empty_order_of_calculation_is_dropped() -> None:
    book = _with_formulas('<c r="A1"><f>1</f></c>', '<c r="A1" i="2"/>')
    changed = unzipped(set_cells(book, {Ref("Kosong", "A1"): 9}))
    assert "xl/calcChain.xml" not in changed
    assert b"calcChain" not in changed["xl/_rels/workbook.xml.rels"]
