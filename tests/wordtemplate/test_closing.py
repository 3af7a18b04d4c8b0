"""Rows behind the loop of a table, such as its total, stay on the page of the row before them."""

from typing import Any

import pytest
from docx.oxml.ns import qn

from tests.looks import CASES, report_of
from tests.wordtemplate.docx_builder import findings, part, read, rendered

LOOP = [["No", "Isi"], ["{%tr for x in daftar %}", ""], ["{{ x }}", ""], ["{%tr endfor %}", ""]]
CHOICE = [["{%tr if x %}", ""], ["Jumlah", ""], ["{%tr else %}", ""], ["Nihil", ""], ["{%tr endif %}", ""]]


def kept(table: Any) -> list[str]:
    """The first cells of the rows that stay with the next one."""
    return [row.cells[0].text for row in table.rows if row._tr.findall(f".//{qn('w:keepNext')}")]


@pytest.mark.parametrize(
    ("tail", "expected"),
    [
        ([], []),
        ([["Jumlah", ""]], ["2"]),
        ([["Jumlah", ""], ["Rata-rata", ""]], ["2", "Jumlah"]),
        (CHOICE, ["2"]),
    ],
)
def test_the_row_before_a_closing_row_keeps_with_it(tail: list[list[str]], expected: list[str]) -> None:
    data = rendered([*LOOP, *tail], daftar=["1", "2"], x="ya")
    assert kept(read(data).tables[0]) == expected
    assert "lkt-closing" not in part(data)
    assert findings(data) == []


def test_without_rows_it_keeps_with_the_heading() -> None:
    assert kept(read(rendered([*LOOP, ["Jumlah", ""]], daftar=[])).tables[0]) == ["No"]


def test_a_table_without_a_loop_is_left_alone() -> None:
    assert kept(read(rendered([["a", "b"], ["Jumlah", ""]])).tables[0]) == []


def test_the_totals_of_the_report(tmp_path: Any) -> None:
    report = read(report_of(CASES["06-draf-tw2"], tmp_path))
    costs = [table for table in report.tables if table.rows[-1].cells[1].text.startswith("Rata-rata")]
    assert costs
    for table in costs:
        *_, last, total, _ = table.rows
        assert all(row._tr.findall(f".//{qn('w:keepNext')}") for row in (last, total))
