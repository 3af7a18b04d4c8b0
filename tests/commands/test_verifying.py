"""What ``lkt verify`` says of workbook, template and version, and its exit codes."""

import io
import json
from collections.abc import Callable, Mapping
from pathlib import Path

import docx
import pytest

from lkt import __version__
from lkt.checking import work_out_from
from lkt.errors import LktError
from lkt.formats.json import verification_json
from lkt.formats.outcomes import verification_view
from lkt.report.build import Wish, write_report
from lkt.report.templates import shipped_template
from lkt.report.verify import Cause, Verification, verify
from lkt.wordtemplate.document import read_parts, zipped
from tests.builders import base, edited, workbook
from tests.report.trace.edits import Edit, in_cell, in_paragraph
from tests.report.trace.edits import edited as by_hand

LATER = {"Anggaran!H2": "5100000"}


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A folder with a workbook, the report that was built from it, and a template of the office's own."""
    fill(tmp_path, {})
    own = docx.Document(io.BytesIO(shipped_template()))
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


def own_template(folder: Path) -> None:
    build(folder, "kantor.docx")


def own_template_and_new_figures(folder: Path) -> None:
    own_template(folder)
    fill(folder, LATER)


def own_template_new_figures_and_an_edit(folder: Path) -> None:
    own_template_and_new_figures(folder)
    change(folder, in_cell(2, 1, 5, "99,99%"))


@pytest.mark.parametrize(
    ("before", "template", "code", "causes", "words"),
    [
        (
            lambda _: None, "", 0, set(),
            "sama dengan yang dipakai menyusun laporan|Hasil: semua angka laporan sama dengan buku kerja.",
        ),
        (
            lambda folder: fill(folder, {"Tindak Lanjut!D2": "catatan di luar tabel"}), "", 0, set(),
            "tidak sama lagi dengan “q1.xlsx” saat laporan disusun",
        ),
        (
            lambda folder: fill(folder, LATER), "", 1, {Cause.WORKBOOK},
            "“Rp5.000.000” → “Rp5.100.000”|susun ulang laporannya: lkt build",
        ),
        (
            lambda folder: change(folder, in_paragraph("disimpulkan", "dirangkum")), "", 0, {Cause.HAND},
            "Kata-kata atau gambar berbeda di 1 tempat.",
        ),
        (lambda folder: build(folder, draft=True), "", 0, set(), "Laporan ini rancangan (DRAF)."),
        (own_template, "kantor.docx", 0, set(), "Templat: “kantor.docx”, sama."),
        # the workbook is the very one: nothing is open although the template is not named
        (own_template, "", 0, set(), "“kantor.docx”; sebutkan dengan --template"),
        (own_template_and_new_figures, "", 2, set(), "selebihnya belum dapat dibandingkan"),
        (
            own_template_new_figures_and_an_edit, "", 1, {Cause.HAND},
            "di laporan → semula ditulis lkt|“99,99%” → “41,67%”|bila di Word yang benar",
        ),
        (
            lambda _: None, "kantor.docx", 0, {Cause.PROGRAM},
            "tidak sama lagi dengan “laporan-triwulan.docx”",
        ),
    ],
)  # fmt: skip
def test_what_is_found(
    before: Callable[[Path], None], template: str, code: int, causes: set[Cause], words: str, office: Path
) -> None:
    before(office)
    done = verified(office, template)
    assert done.exit_code == code
    assert {each.cause for each in done.differences} == causes
    assert [each for each in words.split("|") if each not in text(done)] == []
    assert json.loads(verification_json(done))["status"] == ("same", "different", "unknown")[code]


def test_the_other_quarters_must_be_named(office: Path) -> None:
    (office / "q4.xlsx").write_bytes(workbook(base(triwulan=4)))
    build(office, prev="q4.xlsx")
    assert verified(office, prev="q4.xlsx").previous_changed == ()
    assert verified(office).previous_changed == ()  # it lies beside
    (office / "q4.xlsx").rename(office / "lama.xlsx")
    assert "“q4.xlsx” tidak sama dengan saat disusun; sebutkan dengan --prev" in text(verified(office))
    (office / "lama.xlsx").rename(office / "q4.xlsx")
    build(office)
    assert verified(office, prev="q4.xlsx").previous_changed == ("q4.xlsx",)


def test_another_version_of_lkt(office: Path) -> None:
    path = office / "lap.docx"
    parts = read_parts(path.read_bytes(), "lap.docx")
    name = "docProps/custom.xml"
    old = parts[name].replace(f">{__version__}<".encode(), b">0.0.1<")
    assert old != parts[name]
    path.write_bytes(zipped(parts | {name: old}))
    done = verified(office)
    assert (done.version, done.exit_code) == ("0.0.1", 0)
    assert "Disusun dengan lkt 0.0.1" in text(done)


def test_without_record_and_template_there_is_nothing_to_compare_with(office: Path) -> None:
    build(office, "kantor.docx")
    path = office / "lap.docx"
    parts = read_parts(path.read_bytes(), "lap.docx")
    path.write_bytes(zipped({k: v for k, v in parts.items() if not k.startswith("customXml/")}))
    with pytest.raises(LktError, match="tidak dapat dibandingkan"):
        verified(office)
    assert verified(office, "kantor.docx").exit_code == 0


def test_a_document_from_elsewhere(office: Path) -> None:
    docx.Document().save(str(office / "lap.docx"))
    with pytest.raises(LktError, match="bukan laporan yang ditulis lkt"):
        verified(office)


def test_swapped_arguments_are_told(office: Path) -> None:
    with pytest.raises(LktError, match="Urutannya terbalik"):
        verify(office / "q1.xlsx", office / "lap.docx", None)


def test_a_difference_is_told_once(office: Path) -> None:
    """By its cause, without keys of the program, numbers of rows that moved in one line."""
    fill(office, {"Anggaran!H2": "5100000", "Fasilitasi!F2": "Tidak"})
    change(office, in_paragraph("dapat disimpulkan", "kami simpulkan"))
    said = text(verified(office))
    assert said.index("Diubah dengan tangan (1)") < said.index("Buku kerja berubah (")
    assert said.count("“Rp5.000.000” → “Rp5.100.000”") == 1
    assert "Serapan program 7.01.02" in said
    assert "di IKHTISAR, " in said
    assert "BAB III > Tabel 3.2: nomor urut bergeser pada 2 baris" in said
    assert "indikator.1" not in said


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
