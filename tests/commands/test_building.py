"""A rebuild onto a report that is there: replaced only where nothing of the user's is lost."""

import errno
import io
from pathlib import Path

import docx
import pytest

from lkt.errors import OutputError
from lkt.files import Origin, SourceFile
from lkt.formats.outcomes import excerpts, rebuilt_view
from lkt.report.build import (
    APPENDIX,
    Old,
    Wish,
    Written,
    build_report,
    look_at_pdf,
    put,
    read_template,
    report_path,
    sealed_pdf,
    write_report,
)
from tests.report.report_text import result_of
from tests.report.trace.edits import Edit, edited, in_cell, in_paragraph

RESULT, LATER = result_of({}), result_of({"Anggaran!H2": "5100000"})
ASAL = Origin(SourceFile("q1.xlsx", "ab" * 32))
EDIT = in_cell(2, 1, 5, "99,99%")


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """A report that was just built."""
    path = tmp_path / "LAPORAN.docx"
    assert build(path).old is Old.NONE
    return path


def build(path: Path, *, later: bool = False, force: bool = False) -> Written:
    wish = Wish(force=force, pages=False)
    return write_report(LATER if later else RESULT, ASAL, path, wish).report


def edit(path: Path, how: Edit = EDIT) -> bytes:
    path.write_bytes(edited(how, path.read_bytes()))
    return path.read_bytes()


def text(written: Written) -> str:
    return "\n".join(each.plain for each in rebuilt_view(written))


def names(path: Path) -> set[str]:
    return {each.name for each in path.parent.iterdir()}


def test_the_very_same_report_is_not_written_again(target: Path) -> None:
    before = target.stat().st_mtime_ns
    assert build(target) == Written(target, target, Old.SAME)
    assert (target.stat().st_mtime_ns, names(target)) == (before, {"LAPORAN.docx"})


def test_an_unedited_report_is_replaced_and_kept(target: Path) -> None:
    old = edit(target, lambda _: None)  # saved anew, nothing changed
    written = build(target, later=True)
    assert (written.old, written.path) == (Old.OURS, target)
    assert written.backup == target.with_name("LAPORAN.docx.bak")
    assert written.backup.read_bytes() == old
    assert "belum diubah dengan tangan, diganti; salinannya: " in text(written)


def test_an_edited_report_is_left_alone_and_its_edits_are_named(target: Path) -> None:
    old = edit(target)
    written = build(target, later=True)
    assert (written.old, written.backup) == (Old.EDITED, None)
    assert target.read_bytes() == old
    assert names(target) == {"LAPORAN.docx", "LAPORAN (baru).docx"}
    assert "BAB III > Tabel 3.1, baris 1, kolom “Capaian”: “41,67%” → “99,99%”" in text(written)
    assert build(target).path.name == "LAPORAN (baru 2).docx"


def test_force_replaces_an_edited_report_and_keeps_every_copy(target: Path) -> None:
    first = edit(target)
    assert "diganti, salinannya" in text(build(target, force=True))
    second = edit(target, in_paragraph("Penutup".upper(), "PENUTUP LAPORAN"))
    build(target, force=True)
    third = build(target, later=True)
    assert third.backup == target.with_name("LAPORAN.docx.bak3")
    build(target)  # the copy of an unedited report gives way to the next
    kept = {path.suffix: path.read_bytes() for path in target.parent.glob("*.bak*")}
    assert set(kept) == {".bak", ".bak2", ".bak3"}
    assert (kept[".bak"], kept[".bak2"]) == (first, second)


@pytest.mark.parametrize("content", [b"", b"tulisan tangan", b"PK\x03\x04"])
def test_a_file_that_lkt_did_not_write_is_left_alone(content: bytes, target: Path) -> None:
    target.write_bytes(content)
    written = build(target)
    assert (written.old, written.path.name) == (Old.FOREIGN, "LAPORAN (baru).docx")
    assert target.read_bytes() == content
    assert "bukan tulisan lkt" in text(written)


def test_a_document_from_elsewhere_is_left_alone(target: Path) -> None:
    docx.Document().save(str(target))
    assert build(target).old is Old.FOREIGN


@pytest.mark.parametrize(
    ("name", "lock"),
    [
        ("LAPORAN.docx", "~$PORAN.docx"),
        ("LAPORAN.docx", ".~LAPORAN.docx"),
        ("LAPORAN.docx", ".~lock.LAPORAN.docx#"),
        ("lap.docx", "~$lap.docx"),
    ],
)
def test_a_report_that_is_open_is_left_alone(name: str, lock: str, tmp_path: Path) -> None:
    target = tmp_path / name
    build(target)
    old = target.read_bytes()
    target.with_name(lock).write_bytes(b"")
    written = build(target, later=True)
    assert (written.old, written.path.stem) == (Old.OPEN, f"{target.stem} (baru)")
    assert target.read_bytes() == old
    assert "sedang terbuka" in text(written)
    assert build(target, later=True, force=True).path == target  # a lock may be left over from a crash


def refusing(where: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Replacing the file fails as it does in Windows while Word has it open."""
    usual = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if target == where:
            raise PermissionError(errno.EACCES, "used by another process")
        return usual(self, target)

    monkeypatch.setattr(Path, "replace", replace)


@pytest.mark.parametrize("force", [False, True])
def test_a_report_that_windows_does_not_let_go(
    target: Path, monkeypatch: pytest.MonkeyPatch, *, force: bool
) -> None:
    old = edit(target) if force else target.read_bytes()
    refusing(target, monkeypatch)
    written = build(target, later=True, force=force)
    assert (written.old, written.path.name) == (Old.OPEN, "LAPORAN (baru).docx")
    assert target.read_bytes() == old
    assert names(target) == {"LAPORAN.docx", "LAPORAN (baru).docx"}  # and no copy that is none


def test_a_file_system_without_links_keeps_a_copy(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def link(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr("os.link", link)
    old = target.read_bytes()
    backup = build(target, later=True).backup
    assert backup is not None
    assert backup.read_bytes() == old


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"\.docx"):
        report_path(RESULT, tmp_path / "q1.xlsx", tmp_path / "laporan.pdf")


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("a b c d e f g", "a b c d X f g", ("… b c d e f g", "… b c d X f g")),
        ("35,48%", "36,48%", ("35,48%", "36,48%")),
        ("a a", "a a a", ("a a", "a a a")),
        ("satu dua", "satu dua tiga", ("satu dua", "satu dua tiga")),
        ("a b c d e f", "a b c", ("a b c d e f", "a b c")),
    ],
)
def test_the_part_that_differs(before: str, after: str, shown: tuple[str, str]) -> None:
    assert excerpts(before, after) == shown


def test_a_pdf_that_nobody_touched_is_replaced(tmp_path: Path) -> None:
    target = tmp_path / "LAPORAN.pdf"
    put(target, sealed_pdf(b"%PDF-1.7 satu %%EOF", b""), look_at_pdf, force=False)
    written = put(target, sealed_pdf(b"%PDF-1.7 dua %%EOF", b""), look_at_pdf, force=False)
    assert (written.old, written.path) == (Old.OURS, target)


@pytest.mark.parametrize("data", [b"ditandatangani", sealed_pdf(b"%PDF-1.7 %%EOF", b"") + b"paraf"])
def test_a_pdf_that_was_signed_is_left_alone(data: bytes, tmp_path: Path) -> None:
    target = tmp_path / "LAPORAN.pdf"
    target.write_bytes(data)
    written = put(target, sealed_pdf(b"%PDF-1.7 dua %%EOF", b""), look_at_pdf, force=False)
    assert (written.old, written.path.name) == (Old.FOREIGN, "LAPORAN (baru).pdf")
    assert target.read_bytes() == data


# Drafts ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("output", "name"),
    [
        (None, "LAPORAN KINERJA TRIWULAN I CAMAT SUKAMULYA TAHUN 2024 (DRAF).docx"),
        ("lap.docx", "lap (DRAF).docx"),
        ("draf lap.docx", "draf lap.docx"),
    ],
)
def test_the_name_of_a_draft_says_so(output: str | None, name: str, tmp_path: Path) -> None:
    path = tmp_path / output if output else None
    assert report_path(RESULT, tmp_path / "q1.xlsx", path, draft=True) == tmp_path / name
    assert "DRAF" not in report_path(RESULT, tmp_path / "q1.xlsx", None).name


@pytest.mark.parametrize("first", [True, False])
def test_a_draft_and_a_final_report_never_replace_each_other(tmp_path: Path, *, first: bool) -> None:
    path = tmp_path / "LAPORAN.docx"
    one, other = (
        write_report(RESULT, ASAL, path, Wish(draft=draft, pages=False)).report
        for draft in (first, not first)
    )
    assert (one.path, other.path, other.old) == (path, tmp_path / "LAPORAN (baru).docx", Old.OTHER)
    assert "tidak saling menggantikan" in text(other)


def appendix(edits: dict[str, str], *, draft: bool = True) -> list[list[str]]:
    """The cells of the table of findings; empty without an appendix."""
    report = docx.Document(io.BytesIO(build_report(result_of(edits), *read_template(None), draft=draft)))
    if APPENDIX not in [paragraph.text for paragraph in report.paragraphs]:
        return []
    return [[cell.text for cell in row.cells] for row in report.tables[-1].rows]


def test_a_draft_ends_with_its_open_findings() -> None:
    edits = {"Identitas!B13": "123\x07", "Anggaran!I2": "30%", "Anggaran!I3": "1%"}
    heading, *rows = appendix(edits)
    assert heading == ["Tingkat", "Sel", "Temuan dan perbaikannya"]
    assert [row[:2] for row in rows] == [
        ["kesalahan", "Identitas!B13"],
        ["kesalahan", "Anggaran!I2"],
        ["kesalahan", "Anggaran!I3"],
    ]
    assert rows[1][2].startswith("Capaian Program Penyelenggaraan")
    assert rows[1][2].endswith("Bila hitungannya tampak keliru, periksa Pagu dan Realisasi.")
    assert appendix(edits, draft=False) == appendix({}) == []
    accepted = {
        "Pengecualian!A2": "A101",
        "Pengecualian!B2": "Anggaran!G3",
        "Pengecualian!C2": "Pagu berubah menurut DPPA Nomor 3 Tahun 2024.",
    }
    assert appendix({"Anggaran!G3": "12000000"})
    assert appendix({"Anggaran!G3": "12000000", **accepted}) == []
