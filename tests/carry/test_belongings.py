"""What the office added to its workbook, and the marks of earlier copies."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from openpyxl.worksheet.formula import ArrayFormula

from lkt.findings import Finding
from lkt.model import Ref
from lkt.xlsx.annotate import annotate, strip_annotations, strip_marks
from tests.carry.books import (
    SUKAMAJU,
    add_belongings,
    carried,
    cell,
    edited_book,
    filled,
    in_quarter,
    marked,
    read,
)
from tests.workbook.patch.looking import load, note, problems, raw_entries
from tests.workbook.patch.samples import unzipped


@pytest.fixture(scope="module")
def office() -> bytes:
    return edited_book(add_belongings)


def test_what_the_office_added_is_still_there(office: bytes) -> None:
    book = load(carried(office)[0])
    assert "Catatan Kami" in book.sheetnames
    assert book["Catatan Kami"]["A1"].fill.fgColor.rgb == "FF00FF00"
    assert book["Anggaran"]["N2"].value == "Rahmat"
    assert "Menurut SIPD" in book["Anggaran"]["H2"].comment.text
    assert book.defined_names["Pegawai"].attr_text == "'Catatan Kami'!$A$2"
    assert book["Anggaran"]["H2"].number_format == load(office)["Anggaran"]["H2"].number_format


def test_parts_that_need_no_change_keep_their_bytes(office: bytes) -> None:
    before, after = raw_entries(office), raw_entries(carried(office)[0])
    same = {name for name in before if before[name] == after.get(name)}
    own = [sheet.title for sheet in load(office).worksheets].index("Catatan Kami") + 1
    assert {f"xl/worksheets/sheet{own}.xml", f"xl/worksheets/_rels/sheet{own}.xml.rels"} <= same
    assert {"xl/theme/theme1.xml", "xl/worksheets/sheet3.xml", "xl/worksheets/sheet13.xml"} <= same
    assert sum(name.startswith("xl/media/") for name in same) == 2


def test_pictures_of_emptied_rows_go_and_others_stay(office: bytes) -> None:
    book, told = carried(office)
    assert told.pictures == 1
    assert [image.anchor._from.row for image in load(book)["Kegiatan"]._images] == [0]
    assert len(load(book)["Catatan Kami"]._images) == 1
    assert sum(name.startswith("xl/media/") for name in unzipped(book)) == 2


def test_an_extra_column_beside_emptied_rows_is_pointed_out(office: bytes) -> None:
    book, told = carried(office)
    assert cell(book, "Kegiatan!G2") == "Balai desa"
    assert marked(told, "Kegiatan!G2").startswith("REVIEW: Kolom kantor sendiri")
    assert not marked(told, "Anggaran!N2")


def _formulas(book: Any) -> None:
    budget = book["Anggaran"]
    budget["H3"] = "=SUM(H4:H5)"
    budget["H4"] = "=1000000+3000000"
    book["Identitas"]["B8"] = "=TODAY()"
    book.create_sheet("Rekap")["A1"] = "=Anggaran!H4"
    book["Rekap"]["A2"] = "=1+1"


def test_a_formula_that_adds_up_cells_stays_and_one_of_figures_goes() -> None:
    book, told = carried(edited_book(_formulas))
    assert cell(book, "Anggaran!H3", values=False) == "=SUM(H4:H5)"
    assert marked(told, "Anggaran!H3").startswith("NOTHING: Rumus ini tetap")
    assert cell(book, "Anggaran!H4", values=False) is None
    assert cell(book, "Identitas!B8", values=False) is None


def _array(book: Any) -> None:
    book["Anggaran"]["H4"] = ArrayFormula("H4:H5", "={4000000;2250000}")


def test_a_cell_that_cannot_be_changed_alone_is_told() -> None:
    book, told = carried(edited_book(_array))
    assert [str(ref) for ref in told.refused] == ["Anggaran!H4", "Anggaran!H5"]
    assert cell(book, "Anggaran!H5") == 2250000
    assert cell(book, "Anggaran!H6") is None


def test_marks_of_a_check_are_taken_out() -> None:
    finding = Finding((Ref("Anggaran", "G2"),), "Keliru.", code="A103")
    marks = carried(annotate(SUKAMAJU, [finding]))[0]
    assert "Hasil Pemeriksaan" not in load(marks).sheetnames
    assert "Keliru" not in note(marks, "Anggaran", "G2")


def test_a_check_and_its_marks_leave_the_open_cells_marked() -> None:
    book, _ = carried(SUKAMAJU)
    finding = Finding((Ref("Anggaran", "H2"),), "Belum diisi.", code="B201")
    checked = annotate(book, [finding])
    assert "Isi untuk Triwulan II Tahun 2025" in note(checked, "Anggaran", "H2")
    assert "Belum diisi" in note(checked, "Anggaran", "H2")
    assert note(strip_annotations(checked), "Anggaran", "H2") == note(book, "Anggaran", "H2")
    assert filled(read(strip_annotations(checked))) == filled(read(book))


def test_the_next_step_takes_old_marks_out() -> None:
    second, _ = carried(SUKAMAJU, 2)
    assert "Triwulan II " not in note(second, "Anggaran", "H2")
    assert "Isi untuk Triwulan III Tahun 2025" in note(second, "Anggaran", "H2")
    styles = [unzipped(book)["xl/styles.xml"] for book in (carried(SUKAMAJU)[0], second)]
    assert styles[0].count(b"<dxf>") == styles[1].count(b"<dxf>")


def test_without_marks_no_note_of_ours_is_left(office: bytes) -> None:
    stripped = strip_marks(carried(office)[0])
    assert note(stripped, "Anggaran", "H2").strip() == "Menurut SIPD"
    assert not note(stripped, "Anggaran", "H8")


def test_the_file_is_sound(office: bytes, tmp_path: Path) -> None:
    assert set(problems(carried(office)[0], tmp_path)) <= set(problems(office, tmp_path))
    assert not problems(carried(in_quarter(4))[0], tmp_path)


@pytest.mark.libreoffice
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice (soffice) is missing")
def test_libreoffice_shows_no_figure_of_the_old_quarter(tmp_path: Path) -> None:
    path = tmp_path / "tw2.xlsx"
    path.write_bytes(carried(_calculated(tmp_path))[0])
    book = load(_saved(path, tmp_path / "baru"), values=True)
    assert book["Rekap"]["A1"].value in {None, 0}
    assert book["Anggaran"]["H3"].value == 0
    assert book["Rekap"]["A2"].value == 2
    assert "Isi untuk Triwulan II" in book["Anggaran"]["H2"].comment.text


def _calculated(folder: Path) -> bytes:
    """The workbook with formulas and their results, as a spreadsheet program saved it."""
    path = folder / "tw1.xlsx"
    path.write_bytes(edited_book(_formulas))
    saved = _saved(path, folder / "lama")
    assert load(saved, values=True)["Rekap"]["A1"].value == 4000000
    return saved


def _saved(path: Path, folder: Path) -> bytes:
    profile = f"-env:UserInstallation={(path.parent / 'profil').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return (folder / path.name).read_bytes()
