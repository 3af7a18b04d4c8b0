"""What can be told of the looks without looking: styles alone, widths, rows, numbers that fit their cells."""

import io
import re
from collections.abc import Iterator
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from templates.build_laporan import TARGET as FIRST
from templates.build_pembanding import TARGET as SECOND
from tests.looks import CASES, draw_pictures, report_of

TEMPLATES = (FIRST.name, SECOND.name)
REPORTS = ("02-kecil-a4-kosong", "03-sedang-tw2", "06-draf-tw2", "08-triwulan-f4", "13-pembanding-besar")
BY_STYLE = {qn(f"w:{name}") for name in ("pStyle", "rStyle", "sectPr", "keepNext", "pageBreakBefore", "i")}
"""Which row a row stays with is told by no style: it depends on which row is the last. Findings begin a page.
Nor are words of another language, which may stand in text of any style."""
FIGURE = re.compile(r"\(?[+-]?(?:Rp)?\d[\d.]*(?:,\d+)?%?\)?(?:\N{NO-BREAK SPACE}\w+)?")
"""With the unit, where the two are held together."""
WIDTHS = {"R": 722, "p": 611, "%": 889, "+": 584, "-": 333, ".": 278, ",": 278, "(": 333, ")": 333,
          "\N{NO-BREAK SPACE}": 278}  # fmt: skip
"""The letters of a figure in Arial Bold, in thousandths of its size; a digit, like most letters, has 556."""
CELL_MARGINS = 2 * 4.25
"""In points, as the style of the tables has them."""


@pytest.fixture(scope="module", params=[*TEMPLATES, *REPORTS])
def document(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Both templates, and reports by them."""
    name = request.param
    if name in TEMPLATES:
        return docx.Document(str(FIRST.with_name(name)))
    pictures = draw_pictures(tmp_path_factory.mktemp("gambar"))
    return docx.Document(io.BytesIO(report_of(CASES[name], pictures)))


def text_of(node: Any) -> str:
    return "".join(text.text or "" for text in node.iter(qn("w:t")))


def cells(document: Any) -> Iterator[tuple[Any, Any, str]]:
    """Each paragraph of a table with its cell and style."""
    names = {style.style_id: style for style in document.styles}
    for cell in document.element.iter(qn("w:tc")):
        for paragraph in cell.iterchildren(qn("w:p")):
            yield (
                cell,
                names[paragraph.pPr.pStyle.val if paragraph.pPr is not None else "Normal"],
                text_of(paragraph),
            )


def test_all_looks_come_from_styles(document: Any) -> None:
    parts = (document.element, *(section.footer._element for section in document.sections))
    kinds = (root.iter(qn("w:pPr"), qn("w:rPr")) for root in parts)
    assert {child.tag for found in kinds for properties in found for child in properties} - BY_STYLE == set()


def test_tables_fill_the_text(document: Any) -> None:
    rooms = [
        round((section.page_width - section.left_margin - section.right_margin) / 635)
        for section in document.sections
    ]
    widths = [
        sum(int(column.get(qn("w:w"))) for column in grid.iter(qn("w:gridCol")))
        for grid in document.element.iter(qn("w:tblGrid"))
    ]
    assert widths
    assert [width for width in widths if all(abs(width - room) > 6 for room in rooms)] == []


def test_landscape_pages_have_margins_of_25_mm(document: Any) -> None:
    wide = [section for section in document.sections if section.page_width > section.page_height]
    assert {round(side.mm) for section in wide for side in (section.left_margin, section.right_margin)} == {
        25
    }


def test_tables_of_a_report_are_described(document: Any) -> None:
    if "{{" in document.element.xml:  # a template has only the descriptions that it was given
        assert not any(table._tbl.tblPr.findall(qn("w:tblCaption")) for table in document.tables)
        return
    headed = [table for table in document.tables if table.style.name == "Tabel Laporan"]
    told = [table._tbl.tblPr.find(qn("w:tblCaption")) for table in headed]
    above = ["".join(text_of(table._tbl.getprevious()).split()) for table in headed]
    assert ["".join(each.get(qn("w:val")).split()) for each in told if each is not None] == [
        text for text in above if re.match(r"Tabel\d", text)
    ]
    described = [table._tbl.tblPr.find(qn("w:tblDescription")) is not None for table in headed]
    assert all(described[: len(above) - 1])  # a draft ends with its findings


def test_headings_repeat_and_rows_stay_whole(document: Any) -> None:
    for table in document.tables:
        rows = table._tbl.tr_lst
        assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)
        headed = rows[0].trPr.find(qn("w:tblHeader")) is not None
        assert headed == (table.style.name == "Tabel Laporan")


def test_amounts_and_percentages_stand_at_the_right(document: Any) -> None:
    figure = re.compile(r"-?Rp[\d.]+|[+-]?[\d.]+,\d+(?:%| poin)")
    loose = [(style.name, text) for _, style, text in cells(document)
             if figure.fullmatch(text) and "Angka" not in style.name]  # fmt: skip
    assert loose == []


def test_no_figure_is_broken_over_two_lines(document: Any) -> None:
    broken = [
        figure
        for cell, style, text in cells(document)
        for figure in FIGURE.findall(text)
        if width(figure, points(style)) > cell.width.pt - CELL_MARGINS
    ]
    assert broken == []


def points(style: Any) -> float:
    """The size of letters that a style has or inherits."""
    while style.font.size is None and style.base_style is not None:
        style = style.base_style
    return 11 if style.font.size is None else float(style.font.size.pt)


def width(figure: str, size: float) -> float:
    return sum(WIDTHS.get(letter, 556) for letter in figure) * size / 1000


def test_numbers_of_captions_count_on_and_references_agree(document: Any) -> None:
    xml = document.element.xml
    number = r"((?:Tabel|Gambar) \d+\.)"
    counted = rf'w:name="(_Ref\d+)"/>.*?<w:t[^>]*>{number}</w:t>.*? SEQ .*?<w:t[^>]*>(\d+)</w:t>'
    captions = {mark: label + count for mark, label, count in re.findall(counted, xml, re.DOTALL)}
    references = re.findall(rf" REF (_Ref\d+) .*?<w:t[^>]*>{number[:-1]}\d+)</w:t>", xml, re.DOTALL)
    assert {(mark, shown) for mark, shown in references if captions[mark] != shown} == set()
    groups: dict[str, list[int]] = {}
    for shown in captions.values():
        label, _, count = shown.rpartition(".")
        groups.setdefault(label, []).append(int(count))
    assert all(found == list(range(1, len(found) + 1)) for found in groups.values())
    assert bool(captions) == bool(references) == ("{{" not in xml)
