"""Laws that hold for any cells, names, texts and findings."""

import io
from typing import Any

import openpyxl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lkt.findings import Finding, Severity
from lkt.model import Ref
from lkt.workbook.annotation import annotate
from tests.packages import unzipped
from tests.xlsx.looking import cells_of, load, with_cells, without_annotations

ADDRESSES = st.builds(lambda column, row: f"{column}{row}", st.sampled_from("ABCZ"), st.integers(1, 12))
CHARACTERS = st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t")
TEXTS = st.text(CHARACTERS, max_size=40)
NAMES = st.text(
    st.characters(exclude_categories=["C", "Z"], exclude_characters="[]:*?/\\'"), min_size=1, max_size=20
)
CONTENT = st.one_of(st.none(), st.integers(-10, 10), st.floats(-1e9, 1e9), st.booleans(), TEXTS)
QUICK = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@st.composite
def workbooks(draw: st.DrawFn) -> bytes:
    book = openpyxl.Workbook()
    first: Any = book.active
    names = draw(st.lists(NAMES, min_size=1, max_size=3, unique_by=str.casefold))
    first.title = names[0]
    for name in names[1:]:
        book.create_sheet(name)
    for sheet in book.worksheets:
        for address, value in draw(st.dictionaries(ADDRESSES, CONTENT, max_size=6)).items():
            sheet[address].data_type = "s"
            sheet[address].value = value if not isinstance(value, str) or value[:1] != "=" else f" {value}"
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def findings(names: list[str]) -> st.SearchStrategy[list[Finding]]:
    refs = st.lists(
        st.builds(Ref, st.sampled_from([*names, "Tidak Ada"]), st.one_of(ADDRESSES, st.just(""))),
        min_size=1,
        max_size=4,
    )
    made = st.builds(
        Finding,
        refs.map(tuple),
        TEXTS,
        TEXTS,
        TEXTS,
        TEXTS,
        TEXTS,
        st.just("A101"),
        st.sampled_from(Severity),
    )
    return st.lists(made, max_size=5)


@QUICK
@given(st.data(), workbooks())
def test_annotating_keeps_every_value(data: st.DataObject, original: bytes) -> None:
    found = data.draw(findings(load(original).sheetnames))
    annotated = annotate(original, found)
    assert cells_of(annotated) == cells_of(original)
    assert unzipped(annotate(annotated, found)) == unzipped(annotated)
    clean = without_annotations(annotated)
    assert cells_of(clean) == cells_of(original)
    assert load(clean).sheetnames == load(original).sheetnames


@QUICK
@given(st.data(), workbooks())
def test_setting_a_cell_sets_that_cell_alone(data: st.DataObject, original: bytes) -> None:
    name = data.draw(st.sampled_from(load(original).sheetnames))
    values = data.draw(
        st.dictionaries(ADDRESSES, st.one_of(st.none(), st.integers(-99, 99), TEXTS), max_size=4)
    )
    changed = with_cells(original, {Ref(name, cell): value for cell, value in values.items()})
    sheet = load(changed)[name]
    assert {cell: sheet[cell].value or None for cell in values} == {
        cell: values[cell] or None for cell in values
    }
    touched = {(name, cell) for cell in values}
    kept = {key: value for key, value in cells_of(original).items() if key not in touched}
    assert kept == {key: value for key, value in cells_of(changed).items() if key not in touched}
