"""A package of somebody else: what is read is what Python's zipfile reads, or it is refused."""

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkt import bounded
from lkt.bounded import ZIP_DAMAGE, BoundedZip, Trouble, ZipTroubleError, open_zip
from lkt.xlsx import Package, WorkbookEditor, XlsxError, read_sheets
from tests.packages import Parts, altered, unzipped, zipped
from tests.xlsx.samples import EXAMPLES, by_openpyxl, by_xlsxwriter

# The zip file

NAMES = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=9)
MOST = 20_000_000


def contents(archive: zipfile.ZipFile) -> dict[str, bytes]:
    return {entry.filename: archive.read(entry) for entry in archive.infolist()}


@given(
    st.dictionaries(NAMES, st.binary(max_size=300), max_size=4),
    st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]),
    st.binary(max_size=20),
)
def test_entries_are_read_as_zipfile_reads_them(parts: dict[str, bytes], method: int, before: bytes) -> None:
    data = before + zipped(parts, method)
    with open_zip(data, MOST) as ours, zipfile.ZipFile(io.BytesIO(data)) as theirs:
        assert contents(ours) == contents(theirs)


@given(st.integers(min_value=0), st.integers(min_value=1, max_value=255))
def test_no_changed_byte_gives_other_content(place: int, change: int) -> None:
    parts = {"satu.xml": b"<a>isi</a>" * 20, "dua.xml": b""}
    data = bytearray(zipped(parts))
    data[place % len(data)] ^= change
    try:
        with open_zip(bytes(data), MOST) as archive:
            read = contents(archive)
    except (ZipTroubleError, *ZIP_DAMAGE):
        return
    assert {*read.values()} <= {*parts.values()}


@pytest.mark.parametrize(("name", "same"), [("dua_.xml", False), ("SATU.xml", True), ("\\satu.xml", False)])
def test_an_entry_whose_header_names_another_is_damaged(name: str, same: bool) -> None:
    data = zipped({"satu.xml": b"isi"}).replace(b"satu.xml", name.encode()[:8], 1)
    with open_zip(data, MOST) as archive:
        if same:
            assert archive.read("satu.xml") == b"isi"
        else:
            with pytest.raises(zipfile.BadZipFile):
                archive.read("satu.xml")


@pytest.mark.parametrize("size", [3, 500])
def test_an_entry_that_lies_about_its_size_is_damaged(size: int) -> None:
    with BoundedZip(zipped({"satu.xml": b"isi" * 100})) as archive:
        archive.getinfo("satu.xml").file_size = size
        with pytest.raises(zipfile.BadZipFile):
            archive.read("satu.xml")


@pytest.mark.parametrize("flag", [0x1, 0x20, 0x40])
def test_an_entry_that_needs_more_than_unpacking_is_damaged(flag: int) -> None:
    with BoundedZip(zipped({"satu.xml": b"isi"})) as archive:
        archive.getinfo("satu.xml").flag_bits |= flag
        with pytest.raises(ZIP_DAMAGE):
            archive.read("satu.xml")


def _many(monkeypatch: pytest.MonkeyPatch) -> bytes:
    monkeypatch.setattr(bounded, "MOST_ENTRIES", 3)
    return by_openpyxl()


def _protected(_: pytest.MonkeyPatch) -> bytes:
    data = by_openpyxl()
    flags = data.rindex(b"PK\1\2") + 8
    return data[:flags] + b"\1\0" + data[flags + 2 :]


@pytest.mark.parametrize(
    ("make", "trouble"),
    [
        (lambda _: b"bukan zip", Trouble.DAMAGED),
        (lambda _: zipped({"satu.xml": bytes(20 * 1024 * 1024)}), Trouble.TOO_LARGE),
        (_many, Trouble.TOO_LARGE),
        (_protected, Trouble.PROTECTED),
    ],
    ids=["no zip", "a bomb", "too many entries", "protected"],
)
def test_what_is_not_opened(
    make: Callable[[pytest.MonkeyPatch], bytes], trouble: Trouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(XlsxError) as told:
        Package(make(monkeypatch))
    assert told.value.trouble is trouble


# Parts by any name


def renamed(old: str, new: str, *, in_references: bool = False) -> Callable[[Parts], Parts]:
    """Another name for an entry, and for what refers to it."""

    def change(parts: Parts) -> Parts:
        made = {new if name == old else name: content for name, content in parts.items()}
        if in_references:
            tail, other = old.rpartition("/")[2].encode(), new.rpartition("/")[2].encode()
            made = {
                name: content.replace(tail, other) if name.endswith(".rels") or name[0] == "[" else content
                for name, content in made.items()
            }
        return made

    return change


def with_backslashes(parts: Parts) -> Parts:
    return {name.replace("/", "\\"): content for name, content in parts.items()}


def with_slashes_in_front(parts: Parts) -> Parts:
    return {name if name[0] == "[" else f"/{name}": content for name, content in parts.items()}


def with_upper_case_targets(parts: Parts) -> Parts:
    pattern = re.compile(rb'(?<=Target=")(?:xl/)?worksheets[^"]*')
    return {
        name: pattern.sub(lambda found: found[0].upper(), content) if name.endswith(".rels") else content
        for name, content in parts.items()
    }


def without_root_relation(parts: Parts) -> Parts:
    """Nothing but the content type tells which part is the workbook."""
    rels = re.sub(rb'<Relationship [^>]*officeDocument"[^>]*>', b"", parts["_rels/.rels"])
    return parts | {"_rels/.rels": rels}


SPELLINGS = {
    "shared texts in another case": renamed("xl/sharedStrings.xml", "xl/SharedStrings.xml"),
    "styles in another case": renamed("xl/styles.xml", "xl/Styles.XML"),
    "a relationship part in another case": renamed(
        "xl/_rels/workbook.xml.rels", "xl/_RELS/workbook.xml.rels"
    ),
    "content types in another case": renamed("[Content_Types].xml", "[content_types].xml"),
    "workbook2.xml": lambda parts: renamed("xl/_rels/workbook.xml.rels", "xl/_rels/workbook2.xml.rels")(
        renamed("xl/workbook.xml", "xl/workbook2.xml", in_references=True)(parts)
    ),
    "texts under another name": renamed("xl/sharedStrings.xml", "xl/teks.xml", in_references=True),
    "a leftover that differs in case": lambda parts: {"xl/Styles.xml": b"<x/>"} | parts,
    "a leftover behind": lambda parts: parts | {"xl/SHAREDSTRINGS.XML": b"<x/>"},
    "backslashes": with_backslashes,
    "slashes in front": with_slashes_in_front,
    "targets in another case": with_upper_case_targets,
    "by content type alone": without_root_relation,
}


def cells(data: bytes) -> list[Any]:
    return [(sheet.name, sheet.rows) for sheet in read_sheets(Package(data))]


@pytest.mark.parametrize("change", SPELLINGS.values(), ids=SPELLINGS)
def test_parts_are_found_however_their_names_are_spelled(change: Callable[[Parts], Parts]) -> None:
    original = by_xlsxwriter()
    data = zipped(change(unzipped(original)))
    assert cells(data) == cells(original)
    done = edited(data)
    names = zipfile.ZipFile(io.BytesIO(done)).namelist()
    assert len(names) == len(set(names))
    assert not any("\\" in name or name.startswith("/") for name in names)
    assert cells(done) == cells(edited(original))


def edited(data: bytes) -> bytes:
    book = WorkbookEditor(data)
    book.set_cell("Data", "B2", 7)
    book.add_notes("Data", {"B2": [("Betulkan.", False)]}, "Judul")
    return book.save()


@pytest.mark.parametrize(
    "part",
    [
        "xl/workbook.xml",
        "xl/sharedStrings.xml",
        "xl/styles.xml",
        "xl/worksheets/sheet1.xml",
        "xl/drawings/drawing1.xml",
    ],
)
def test_a_part_that_is_referenced_and_missing_never_reads_as_blank(part: str) -> None:
    with pytest.raises(XlsxError, match=f"bagian “{part}” tidak ada"):
        cells(altered(by_xlsxwriter(), {part: None}))


def without(name: str) -> bytes:
    """A workbook without a part, and without what refers to it."""
    relation = rb"<Relationship [^>]*%s[^>]*>" % name.encode()
    changes = {f"xl/{name}": None, "xl/_rels/workbook.xml.rels": lambda xml: re.sub(relation, b"", xml)}
    return altered(by_xlsxwriter(), changes)


def test_formats_that_nothing_refers_to_are_not_needed_but_texts_are() -> None:
    assert cells(without("styles.xml"))[0][0] == "Data"
    with pytest.raises(XlsxError, match="teksnya tidak ada"):
        cells(without("sharedStrings.xml"))


def _strict(parts: Parts) -> Parts:
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return parts | {
        "xl/workbook.xml": parts["xl/workbook.xml"].replace(
            main, b"http://purl.oclc.org/ooxml/spreadsheetml/main"
        )
    }


@pytest.mark.parametrize(
    ("data", "trouble"),
    [
        (zipped({"a.xlsx": b"x"}), Trouble.FOREIGN),
        ((EXAMPLES.parent / "templates/laporan-triwulan.docx").read_bytes(), Trouble.FOREIGN),
        (zipped(_strict(unzipped(by_openpyxl()))), Trouble.STRICT),
    ],
    ids=["a zip file", "a Word file", "strict"],
)
def test_what_is_no_workbook_is_told_apart(data: bytes, trouble: Trouble) -> None:
    with pytest.raises(XlsxError) as told:
        _ = Package(data).workbook_part
    assert told.value.trouble is trouble
