"""Highlights: the formula that ends them, their place among formats, fills where none can be given."""

from typing import Any

import pytest

from lkt.findings import Severity
from lkt.xlsx.annotate import annotate, strip_annotations
from lkt.xlsx.cell_styles import FILLS, STATIC_FILLS
from lkt.xlsx.sheets import literal
from tests.workbook.patch.looking import MAIN, conditions, formatting, load, root
from tests.workbook.patch.samples import (
    ERROR,
    INFO,
    TALL,
    WARNING,
    by_hand,
    by_openpyxl,
    by_xlsxwriter,
    on,
    unzipped,
    zipped,
)

SHEET = "xl/worksheets/sheet1.xml"


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
def test_the_fill_shows_while_the_cell_holds_what_was_written(cell: str, formula: str) -> None:
    assert conditions(annotate(by_xlsxwriter(), [on("Data", cell)]), SHEET) == {cell: formula}


def test_inline_texts_and_cells_without_an_address_are_found() -> None:
    annotated = annotate(by_hand(), [on("Data", "A1", "B1")])
    expected = {"A1": 'ISTEXT(A1),EXACT(A1,"satu")', "B1": "ISNUMBER(B1),B1=5"}
    assert conditions(annotated, "ab/lembar.xml") == expected


def test_a_literal_is_cut_where_characters_count_twice() -> None:
    assert literal("") == '""'
    assert max(len(piece) for piece in literal("😀" * 300).split('"&"')) <= 127
    assert literal('"' * 126).count("&") == 1


# Where no formula can be given


@pytest.mark.parametrize(
    ("data", "cell"),
    [(by_xlsxwriter(), "A6"), (by_openpyxl(), "B3"), (by_hand(), "B4"), (by_hand(), "C4")],
    ids=["endless text", "never calculated", "ISO date", "never calculated, no address"],
)
def test_otherwise_the_cell_gets_a_fill_of_its_own(data: bytes, cell: str) -> None:
    before, after = (load(book)["Data"][cell] for book in (data, annotate(data, [on("Data", cell)])))
    assert after.fill.fgColor.rgb == STATIC_FILLS[ERROR]
    assert formatting(after) == formatting(before)
    restored = load(strip_annotations(annotate(data, [on("Data", cell)])))["Data"][cell]
    assert repr(restored.fill) == repr(before.fill)


def test_a_picture_in_a_cell_is_no_error() -> None:
    parts = unzipped(by_xlsxwriter())
    parts[SHEET] = parts[SHEET].replace(b'<c r="C4" t="e">', b'<c r="C4" t="e" vm="1">')
    annotated = annotate(zipped(parts), [on("Data", "C4")])
    assert not conditions(annotated, SHEET)
    assert load(annotated)["Data"]["C4"].fill.fgColor.rgb == STATIC_FILLS[ERROR]


# Level and look


def test_the_worst_level_decides_the_fill() -> None:
    found = [on("Data", "B2", severity=level) for level in (INFO, ERROR, WARNING)]
    assert _fills(annotate(by_xlsxwriter(), found)) == {"B2": FILLS[ERROR]}


@pytest.mark.parametrize("severity", Severity)
def test_each_level_has_its_fill(severity: Severity) -> None:
    assert _fills(annotate(by_openpyxl(), [on("Data", "B2", severity=severity)])) == {"B2": FILLS[severity]}


def test_light_letters_turn_dark_on_the_fill() -> None:
    rules = _rules(annotate(by_xlsxwriter(), [on("Data", "A1", "B2")]))
    assert {cell: rule.dxf.font is not None for cell, rule in rules.items()} == {"A1": True, "B2": False}


def test_a_merged_cell_is_marked_where_it_shows() -> None:
    assert list(conditions(annotate(by_xlsxwriter(), [on("Data", "F8")]), SHEET)) == ["D7"]


def _rules(data: bytes) -> dict[str, Any]:
    formats = load(data)["Data"].conditional_formatting
    return {str(item.sqref): item.rules[0] for item in formats if "lkt" in "".join(item.rules[0].formula)}


def _fills(data: bytes) -> dict[str, str]:
    return {cell: rule.dxf.fill.bgColor.rgb for cell, rule in _rules(data).items()}


# Among other conditional formats


def test_ours_come_first_and_the_others_move_up() -> None:
    annotated = annotate(by_xlsxwriter(), [on("Data", "B2", "A2")])
    priorities = [int(rule.get("priority", "0")) for rule in root(annotated, SHEET).iter(f"{MAIN}cfRule")]
    assert sorted(priorities) == [1, 2, 3, 4]
    formulas = root(annotated, SHEET).iter(f"{MAIN}formula")
    ours = [formula.getparent() for formula in formulas if 'N("lkt")' in (formula.text or "")]
    assert [rule.get("priority") for rule in ours if rule is not None] == ["1", "2"]


def test_formats_of_a_pivot_table_keep_their_number() -> None:
    parts = unzipped(by_openpyxl())
    parts[SHEET] = parts[SHEET].replace(b"<conditionalFormatting ", b'<conditionalFormatting pivot="1" ')
    annotated = annotate(zipped(parts), [on("Data", "B2", "A2")])
    assert [rule.get("priority") for rule in root(annotated, SHEET).iter(f"{MAIN}cfRule")] == ["1", "2", "3"]


def test_a_protected_sheet_stays_protected() -> None:
    annotated = annotate(by_xlsxwriter(), [on("Dana 'A' & B", "B2")])
    tags = [str(item.tag).removeprefix(MAIN) for item in root(annotated, "xl/worksheets/sheet2.xml")]
    assert tags.index("sheetProtection") < tags.index("conditionalFormatting") < tags.index("pageMargins")
    assert tags.index("headerFooter") < tags.index("legacyDrawing") < tags.index("legacyDrawingHF")
