"""What ``lkt verify`` says of workbook, template and version, and its exit codes."""

import io
import json
from collections.abc import Mapping
from pathlib import Path

import docx
import pytest

from lkt import __version__
from lkt.checking import work_out_from
from lkt.errors import LktError
from lkt.formats.outcomes import verification_json, verification_view
from lkt.report.build import Wish, default_template, write_report
from lkt.report.verify import Cause, DifferenceKind, Verification, verify
from lkt.wordtemplate.document import read_parts, write_parts
from tests.builders import base, edited, workbook
from tests.report.trace.edits import Edit, in_cell, in_paragraph
from tests.report.trace.edits import edited as by_hand

LATER = {"Anggaran!H2": "5100000"}


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A folder with a workbook, the report that was built from it, and a template of the office's own."""
    fill(tmp_path, {})
    own = docx.Document(io.BytesIO(default_template()))
    own.add_paragraph("Templat kantor")
    own.save(str(tmp_path / "kantor.docx"))
    build(tmp_path)
    return tmp_path


def fill(folder: Path, edits: Mapping[str, str]) -> None:
    (folder / "q1.xlsx").write_bytes(workbook(edited(base(), edits)))


def build(folder: Path, template: str = "", prev: str = "", *, draft: bool = False) -> None:
    result, asal = work_out_from(folder / "q1.xlsx", [folder / prev] if prev else [])
    own = folder / template if template else None
    write_report(result, asal, folder / "lap.docx", Wish(own, draft=draft, pages=False, force=True))


def change(folder: Path, edit: Edit) -> None:
    path = folder / "lap.docx"
    path.write_bytes(by_hand(edit, path.read_bytes()))


def verified(folder: Path, template: str = "", prev: str = "") -> Verification:
    own = folder / template if template else None
    return verify(folder / "lap.docx", folder / "q1.xlsx", own, [folder / prev] if prev else [])


def text(done: Verification) -> str:
    return "\n".join(each.plain for each in verification_view(done))


def test_the_same_workbook_and_template(office: Path) -> None:
    done = verified(office)
    assert (done.exit_code, done.same_workbook, done.same_template, done.differences) == (0, True, True, ())
    assert "sama dengan yang dipakai menyusun laporan" in text(done)
    assert text(done).endswith("Hasil: semua angka laporan sama dengan buku kerja.")


def test_a_workbook_saved_anew_with_the_same_figures(office: Path) -> None:
    fill(office, {"Tindak Lanjut!D2": "catatan di luar tabel"})
    done = verified(office)
    assert (done.exit_code, done.same_workbook) == (0, False)
    assert "tidak sama lagi dengan “q1.xlsx” saat laporan disusun" in text(done)


def test_a_figure_of_the_workbook_changed(office: Path) -> None:
    fill(office, LATER)
    done = verified(office)
    assert done.exit_code == 1
    assert {each.cause for each in done.differences} == {Cause.WORKBOOK}
    assert "menurut buku kerja: “Rp5.100.000”" in text(done)


def test_words_alone_leave_the_figures_the_same(office: Path) -> None:
    change(office, in_paragraph("Demikian", "Begitulah"))
    done = verified(office)
    assert [each.kind for each in done.differences] == [DifferenceKind.WORDING]
    assert done.exit_code == 0
    assert "Kata-kata atau gambar berbeda di 1 tempat." in text(done)


def test_the_own_template_must_be_named(office: Path) -> None:
    build(office, "kantor.docx")
    assert verified(office, "kantor.docx").exit_code == 0
    unnamed = verified(office)
    assert (unnamed.exit_code, unnamed.template) == (0, "")  # the workbook is the very one: nothing is open
    assert "“kantor.docx”; sebutkan dengan --template" in text(unnamed)


def test_without_its_template_only_edits_by_hand_are_found(office: Path) -> None:
    build(office, "kantor.docx")
    fill(office, LATER)
    done = verified(office)
    assert (done.exit_code, done.differences) == (2, ())
    assert "selebihnya belum dapat dibandingkan" in text(done)
    change(office, in_cell(2, 1, 5, "99,99%"))
    done = verified(office)
    assert (done.exit_code, len(done.differences)) == (1, 1)
    assert "semula ditulis lkt: “41,67%”" in text(done)
    assert json.loads(verification_json(done))["status"] == "different"


def test_another_template_than_it_was_built_by(office: Path) -> None:
    done = verified(office, "kantor.docx")
    assert (done.same_template, done.exit_code) == (False, 0)
    assert [(each.kind, each.cause) for each in done.differences] == [(DifferenceKind.WORDING, Cause.PROGRAM)]
    assert "tidak sama lagi dengan “laporan-triwulan.docx”" in text(done)


def test_a_draft_is_called_one(office: Path) -> None:
    build(office, draft=True)
    done = verified(office)
    assert (done.draft, done.exit_code) == (True, 0)
    assert "Laporan ini rancangan (DRAF)." in text(done)


def test_the_other_quarters_must_be_named(office: Path) -> None:
    (office / "q4.xlsx").write_bytes(workbook(base(triwulan=4)))
    build(office, prev="q4.xlsx")
    assert verified(office, prev="q4.xlsx").previous_changed == ()
    assert "“q4.xlsx” tidak sama dengan saat disusun; sebutkan dengan --prev" in text(verified(office))
    build(office)
    assert verified(office, prev="q4.xlsx").previous_changed == ("q4.xlsx",)


def test_another_version_of_lkt(office: Path) -> None:
    path = office / "lap.docx"
    parts = read_parts(path.read_bytes(), "lap.docx")
    name = "docProps/custom.xml"
    old = parts[name].replace(f">{__version__}<".encode(), b">0.0.1<")
    assert old != parts[name]
    path.write_bytes(write_parts(parts | {name: old}))
    done = verified(office)
    assert (done.version, done.exit_code) == ("0.0.1", 0)
    assert "Disusun dengan lkt 0.0.1" in text(done)


def test_without_record_and_template_there_is_nothing_to_compare_with(office: Path) -> None:
    build(office, "kantor.docx")
    path = office / "lap.docx"
    parts = read_parts(path.read_bytes(), "lap.docx")
    path.write_bytes(write_parts({k: v for k, v in parts.items() if not k.startswith("customXml/")}))
    with pytest.raises(LktError, match="tidak dapat dibandingkan"):
        verified(office)
    assert verified(office, "kantor.docx").exit_code == 0


def test_a_document_from_elsewhere(office: Path) -> None:
    docx.Document().save(str(office / "lap.docx"))
    with pytest.raises(LktError, match="bukan laporan yang ditulis lkt"):
        verified(office)


def test_as_json(office: Path) -> None:
    change(office, in_cell(2, 1, 5, "99,99%"))
    value = json.loads(verification_json(verified(office)))
    assert (value["version"], value["status"], value["same_workbook"]) == (1, "different", True)
    (difference,) = value["differences"]
    cells = difference["sources"][0].pop("cells")
    assert "Indikator!L2" in cells
    assert difference == {
        "kind": "figure",
        "place": "BAB III > Tabel 3.1, baris 1, kolom “Capaian”",
        "reported": "99,99%",
        "expected": "41,67%",
        "cause": "hand",
        "sources": [{"key": "indikator.1.capaian_tahun", "label": "Capaian"}],
    }
