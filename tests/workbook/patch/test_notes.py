"""Notes: their text and author, the user's own, conversations, and the boxes."""

import re

import pytest

from lkt.model import Ref
from lkt.xlsx.annotate import annotate, strip_annotations
from lkt.xlsx.notes import END, TITLE, size_of
from tests.workbook.patch.looking import load, note
from tests.workbook.patch.samples import (
    WARNING,
    by_openpyxl,
    by_xlsxwriter,
    finding,
    on,
    unzipped,
    with_threads,
    zipped,
)

OURS = f"{TITLE}\nKESALAHAN A103: Keliru.\nPerbaikan: Betulkan.{END}"


def test_a_note_says_level_code_message_and_repair() -> None:
    found = [on("Data", "B2"), on("Data", "B2", severity=WARNING, code="A101")]
    comment = load(annotate(by_openpyxl(), found))["Data"]["B2"].comment
    assert comment.author == "lkt"
    assert comment.text == OURS.replace(END, f"\n\nPERINGATAN A101: Keliru.\nPerbaikan: Betulkan.{END}")


def test_very_many_findings_on_a_cell_are_counted() -> None:
    found = [on("Data", "B2", code=f"A1{number:02}") for number in range(15)]
    assert note(annotate(by_openpyxl(), found), "Data", "B2").endswith(
        f"Dan 3 temuan lain pada sel ini.{END}"
    )


@pytest.mark.parametrize(
    ("data", "cell", "author"), [(by_openpyxl(), "A2", "Budi"), (by_xlsxwriter(), "A1", "Ani")]
)
def test_a_note_of_the_user_comes_first(data: bytes, cell: str, author: str) -> None:
    comment = load(annotate(data, [on("Data", cell)]))["Data"][cell].comment
    assert comment.text == f"Catatan pengguna\n{OURS}"
    assert comment.author == author


def test_what_the_user_adds_to_our_note_stays() -> None:
    parts = unzipped(annotate(by_openpyxl(), [on("Data", "A2", "B2")]))
    name = next(part for part in parts if part.startswith("xl/comments"))
    parts[name] = parts[name].replace(END.encode(), f"{END}Sudah dibetulkan.".encode())
    stripped = strip_annotations(zipped(parts))
    assert note(stripped, "Data", "A2") == "Catatan penggunaSudah dibetulkan."
    assert note(stripped, "Data", "B2") == "Sudah dibetulkan."


def test_a_conversation_is_left_alone() -> None:
    original = with_threads()
    annotated = annotate(original, [on("Data", "A2", "B2")])
    assert note(annotated, "Data", "A2") == "Catatan pengguna"
    assert note(annotated, "Data", "B2") == OURS
    only = annotate(original, [on("Data", "A2")])
    changed = {part for part, content in unzipped(original).items() if unzipped(only)[part] != content}
    assert not any("omment" in part or part.endswith(".vml") for part in changed)
    assert load(only).worksheets[-1]["C2"].value == "Data!A2"


def test_texts_with_markup_and_control_characters_are_written_as_they_are() -> None:
    message = 'a < b & "c" \x01 _x0041_ \ud800'
    annotated = annotate(by_openpyxl(), [finding(Ref("Data", "B2"), message=message)])
    assert 'a < b & "c" _x0001_ _x005F_x0041_ \ufffd' in note(annotated, "Data", "B2")


# Boxes


def test_every_note_has_a_box_of_its_own() -> None:
    annotated = annotate(by_xlsxwriter(), [on("Data", "A1", "B2", "C3"), on("Tersembunyi", "A1")])
    numbers = [number for text in _drawings(annotated) for number in re.findall(r'id="_x0000_s(\d+)"', text)]
    assert len(numbers) == len(set(numbers)) == 4
    maps = [re.findall(r'data="([\d,]+)"', text)[0] for text in _drawings(annotated)]
    assert len(maps) == len(set(maps))
    for text, entry in zip(_drawings(annotated), maps, strict=True):
        own = [int(number) // 1024 for number in re.findall(r'id="_x0000_s(\d+)"', text)]
        assert set(own) <= {int(entry)}


def test_the_map_grows_with_more_boxes_than_it_has_room_for() -> None:
    cells = [f"B{row}" for row in range(1, 1200)]
    original = by_openpyxl()
    annotated = annotate(original, [on("Data", *cells)])
    (text,) = _drawings(annotated)
    assert 'data="1,2"' in text
    assert len(set(re.findall(r'id="_x0000_s(\d+)"', text))) == len(cells) + 1
    assert _drawings(strip_annotations(annotated)) == _drawings(original)


def test_the_box_of_a_note_grows_with_its_text() -> None:
    original, annotated = (
        by_xlsxwriter(),
        annotate(by_xlsxwriter(), [on("Data", "A1", code=f"A10{n}") for n in range(5)]),
    )
    before, after = (_anchor(data) for data in (original, annotated))
    assert after[:4] == before[:4]
    assert after[6] > before[6]
    assert _anchor(strip_annotations(annotated)) == before


def test_longer_texts_get_larger_boxes() -> None:
    sizes = [size_of("kata " * words) for words in (5, 100, 300)]
    assert sizes == sorted(sizes)
    assert sizes[0] < sizes[2]


def test_a_drawing_that_is_not_well_formed_is_kept() -> None:
    parts = unzipped(by_openpyxl())
    name = next(part for part in parts if part.endswith(".vml"))
    parts[name] = parts[name].replace(b"</xml>", b"<br></xml>")
    annotated = annotate(zipped(parts), [on("Data", "B2")])
    assert b"<br>" in unzipped(annotated)[name]
    assert unzipped(strip_annotations(annotated))[name] == parts[name]


def test_a_note_at_the_edge_of_the_sheet_has_its_box_inside() -> None:
    annotated = annotate(by_openpyxl(), [on("Data", "XFD1048576")])
    *_, text = _drawings(annotated)
    anchor = [int(number) for number in re.findall(r"Anchor>([^<]+)<", text)[-1].split(",")]
    assert anchor[0] < anchor[4] <= 16383
    assert anchor[2] < anchor[6] <= 1048575


def _drawings(data: bytes) -> list[str]:
    return [
        content.decode()
        for name, content in unzipped(data).items()
        if name.endswith(".vml") and b'"Note"' in content
    ]


def _anchor(data: bytes) -> list[int]:
    found = re.findall(r"<x:Anchor>([^<]+)<", _drawings(data)[0])[0]
    return [int(number) for number in found.split(",")]
