"""The lines of a check."""

from lkt.formats.terminal import findings_view
from lkt.pipeline import run
from tests.builders import base, dataset, edited


def test_the_word_kecamatan_is_said_once() -> None:
    result = run(dataset(edited(base(), {"Identitas!B4": "Kecamatan Sukamulya"})))
    said = " ".join(each.plain for each in findings_view("q1.xlsx", result))
    assert "Kecamatan Sukamulya · Triwulan I" in said
    assert "Kecamatan Kecamatan" not in said


def test_cells_that_could_not_be_checked_alike_stand_on_one_line() -> None:
    result = run(dataset(edited(base(), {"Anggaran!H2": "", "Anggaran!H3": "", "Identitas!B8": ""})))
    lines = [each.plain.strip() for each in findings_view("q1.xlsx", result)]
    start = lines.index("Yang tidak dapat diperiksa")
    subjects = [text.partition(";")[0] for text in lines[start + 1 : lines.index("", start)]]
    assert subjects == [
        "Identitas!B8  Tanggal Laporan belum diisi",
        "Anggaran!H2:H3  Realisasi belum diisi",
    ]
    assert len(result.unchecked) == 3
