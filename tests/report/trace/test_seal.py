"""Edits by hand are found and named; saving anew is none."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from lkt.files import Origin, SourceFile, source_file
from lkt.report.build import build_report, read_template
from lkt.report.seal import TEMPLATE, WORKBOOK, UnreadableReportError, seal, unseal
from lkt.report.templates import shipped_template
from lkt.wordtemplate.document import P, T, open_document, read_parts, w, zipped
from tests.converting import SavedAs
from tests.report.report_text import report_of, result_of
from tests.report.trace.edits import (
    edited,
    found,
    in_cell,
    report,
)
from tests.wordtemplate.docx_builder import findings

MAIN = "word/document.xml"
SEALED_BEFORE = Path(__file__).with_name("disegel-dahulu.docx")


def parts() -> dict[str, bytes]:
    return read_parts(report(), "laporan.docx")


def test_a_report_as_lkt_wrote_it() -> None:
    sealed = unseal(report(), "laporan.docx")
    assert (sealed.ours, sealed.edited, sealed.draft) == (True, False, False)
    assert sealed.written == sealed.content
    assert findings(report()) == []


def test_a_report_sealed_by_an_earlier_lkt() -> None:
    """The file is never made anew: what counts as content, and its digest, must stay as they were.

    It has every kind of it: fields, changes, a text box, tables in tables, a picture, a chart, a footer.
    """
    sealed = unseal(SEALED_BEFORE.read_bytes(), "laporan.docx")
    assert (sealed.ours, sealed.edited) == (True, False)
    assert sealed.written == sealed.content
    assert len(sealed.content) == 14


def test_saved_anew_by_python_docx() -> None:
    again = edited(lambda _: None)
    assert again != report()
    assert not unseal(again, "laporan.docx").edited
    assert found(again) == ()


def written_texts(root: Any) -> list[Any]:
    """The texts that a person may edit; Word writes the entries of a list of contents anew."""
    return [text for text in root.iter(T) if (text.text or "").strip() and not _in_list(text)]


def _in_list(text: Any) -> bool:
    paragraph = next(text.iterancestors(P))
    style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
    return style is not None and style.get(w("val"), "").startswith(("TOC", "TableofFigures"))


TEXTS = written_texts(etree.fromstring(parts()[MAIN]))


@settings(max_examples=25)
@given(st.integers(0, len(TEXTS) - 1), st.data())
def test_one_word_more_anywhere_is_found(number: int, data: st.DataObject) -> None:
    root = etree.fromstring(parts()[MAIN])
    text = written_texts(root)[number]
    words = (text.text or "").split(" ")
    words.insert(data.draw(st.integers(0, len(words))), "sisipan")
    text.text = " ".join(words)
    document = zipped(parts() | {MAIN: etree.tostring(root)})
    assert unseal(document, "laporan.docx").edited
    (change,) = found(document)
    assert "sisipan" in change.after


@pytest.mark.parametrize(
    ("change", "differs"),
    [
        (lambda text: text.replace("Capaian ", "Capaian\xa0"), False),
        (lambda text: text.replace("Capaian ", "Ca\xadpaian   "), False),
        (lambda text: text.replace("Capaian ", "capaian "), True),
    ],
)
def test_spaces_and_soft_hyphens_are_no_edits(change: Callable[[str], str], *, differs: bool) -> None:
    xml = parts()[MAIN].decode()
    assert change(xml) != xml
    document = zipped(parts() | {MAIN: change(xml).encode()})
    assert unseal(document, "laporan.docx").edited is differs


def test_a_number_typed_over_in_a_fraction_is_found() -> None:
    def edit(document: Any) -> None:
        document.element.body.xpath(".//m:num//m:t")[0].text = "999"

    (change,) = found(edited(edit))
    assert change.before.split(" ÷ ", 1)[1] == change.after.removeprefix("999 ÷ ")


def test_what_it_was_made_of_is_told() -> None:
    asal = Origin(SourceFile("q1.xlsx", "ab" * 32), (SourceFile("q4.xlsx", "cd" * 32),))
    data = build_report(result_of({}), *read_template(None), draft=True, asal=asal)
    sealed = unseal(data, "laporan.docx")
    assert sealed.file(WORKBOOK) == asal.buku_kerja
    assert sealed.file(TEMPLATE) == source_file("laporan-triwulan.docx", shipped_template())
    assert sealed.previous == asal.previous
    assert sealed.draft
    assert data == build_report(result_of({}), *read_template(None), draft=True, asal=asal)


def test_a_name_too_long_for_a_property_is_cut() -> None:
    long = Origin(SourceFile("x" * 300, "ab" * 32))
    data = build_report(result_of({}), *read_template(None), asal=long)
    assert unseal(data, "laporan.docx").file(WORKBOOK).nama == "x" * 255


def test_sealing_again_replaces_the_properties() -> None:
    again = open_document(report(), "laporan.docx")
    sealed = unseal(seal(again, SourceFile("lain.docx", "ef" * 32), None, draft=True), "laporan.docx")
    assert sealed.file(TEMPLATE) == SourceFile("lain.docx", "ef" * 32)
    assert (sealed.draft, sealed.edited) == (True, False)


# Records that are gone or meddled with ---------------------------------------------------------------------


def test_without_the_record_an_edit_is_still_noticed() -> None:
    bare = {name: data for name, data in parts().items() if not name.startswith("customXml/")}
    sealed = unseal(zipped(bare), "laporan.docx")
    assert (sealed.written, sealed.edited) == (None, False)
    changed = zipped(bare | {MAIN: bare[MAIN].replace(b"41,67%", b"51,67%")})
    assert unseal(changed, "laporan.docx").edited


@pytest.mark.parametrize(
    "record",
    [
        b"<",
        b"<sidik xmlns='urn:lkt:sidik:1'/>",
        b"<sidik xmlns='urn:lkt:sidik:1'>@@@</sidik>",
        b"<sidik xmlns='urn:lkt:sidik:1'>eJyLBgAAtgB5</sidik>",  # "[" deflated: neither JSON nor whole
        b"<sidik xmlns='urn:lkt:sidik:1'>eJyLjgUAARUAuQ==</sidik>",  # "[]": not what the digest says
    ],
)
def test_a_record_that_was_meddled_with_is_not_believed(record: bytes) -> None:
    sealed = unseal(zipped(parts() | {"customXml/item1.xml": record}), "laporan.docx")
    assert (sealed.written, sealed.edited) == (None, False)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "Laporan «l.docx» kosong"),
        (b"PK\x03\x04 dan seterusnya", "Laporan «l.docx» bukan berkas Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "berformat .doc lama"),
    ],
)
def test_what_is_no_report_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableReportError, match=words.replace(".", r"\.")):
        unseal(data, "l.docx")


@pytest.mark.parametrize(
    "name",
    [MAIN, "word/styles.xml", "docProps/custom.xml", "word/_rels/document.xml.rels"],
)
@pytest.mark.parametrize("content", [b"", b"<a", b"<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>"])
def test_damaged_parts_are_refused(name: str, content: bytes) -> None:
    with pytest.raises(UnreadableReportError):
        unseal(zipped(parts() | {name: content}), "l.docx")


@pytest.mark.libreoffice
def test_saved_anew_by_libreoffice(saved_as: SavedAs) -> None:
    example = report_of(result_of({}), draft=True)
    both = {"a.docx": example, "b.docx": edited(in_cell(2, 1, 5, "99,99%"), example)}
    saved, changed = saved_as("docx:MS Word 2007 XML", both).values()
    with zipfile.ZipFile(io.BytesIO(saved)) as package:
        assert b"LibreOffice" in package.read("docProps/app.xml")
    # LibreOffice without its part Math drops fractions, which is told as any other loss.
    lost = found(saved)
    assert all(each.before == f"{each.before.split(' × ')[0]} {each.after}" for each in lost)
    (change,) = (each for each in found(changed) if each not in lost)
    assert (change.before, change.after) == ("41,67%", "99,99%")
