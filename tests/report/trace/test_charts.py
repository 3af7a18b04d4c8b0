"""The figures of a chart are content: a changed one is found."""

import pytest
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from lkt.report.passages import Passage, changes, passages
from tests.wordtemplate.docx_builder import Heading, Xml, make, read

C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
DRAWING = f'<w:p><w:r><w:drawing><c:chart xmlns:c="{C}" r:id="%s"/></w:drawing></w:r></w:p>'


def cache(kind: str, *values: str) -> str:
    points = "".join(f"<c:pt idx='{n}'><c:v>{value}</c:v></c:pt>" for n, value in enumerate(values))
    return f"<c:{kind}><c:numRef><c:numCache>{points}</c:numCache></c:numRef></c:{kind}>"


def shown(*values: str) -> tuple[Passage, ...]:
    """The passages of a document with a chart of one series."""
    series = cache("tx", "Capaian") + cache("cat", "Indikator 1", "Indikator 2") + cache("val", *values)
    xml = f'<c:chartSpace xmlns:c="{C}"><c:ser>{series}</c:ser></c:chartSpace>'
    document = read(make(Heading("BAB III CAPAIAN"), "teks", Xml(DRAWING % "rIdGrafik")))
    chart = Part(PackURI("/word/charts/chart1.xml"), CT.DML_CHART, xml.encode())
    document.part.load_rel(RT.CHART, chart, "rIdGrafik")
    return passages(document)


def test_a_series_is_a_passage() -> None:
    assert shown("35.48", "33.33")[-1] == Passage(
        "BAB III, grafik 1, seri 1", ("Capaian", "35,48", "33,33"), ("Seri", "Indikator 1", "Indikator 2")
    )


def test_a_changed_value_is_named() -> None:
    (change,) = changes(shown("35.48", "33.33"), shown("35.48", "43.33"))
    assert change.place == "BAB III, grafik 1, seri 1, kolom “Indikator 2”"
    assert (change.before, change.after) == ("33,33", "43,33")


@pytest.mark.parametrize("again", ["35.480000000000004", "35.4800", "3.548E1"])
def test_the_same_number_written_otherwise(again: str) -> None:
    assert changes(shown("35.48", "1"), shown(again, "1.0")) == ()


@pytest.mark.parametrize("odd", ["", "NaN", "Infinity", "#N/A", "1e999999"])
def test_what_is_no_number_is_kept(odd: str) -> None:
    assert shown("1", odd)[-1].texts == ("Capaian", "1", odd)
