"""Old reports and sheets become workbooks: values in their cells, as printed, and nothing guessed in silence."""

import io
import json
import re
import time
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook

from lkt.areas import letters
from lkt.checking import work_out_from
from lkt.errors import LktError
from lkt.formats.json import figures_json
from lkt.importing.filling import Imported, import_files
from lkt.indonesian import format_trimmed
from lkt.model import Cell, Dataset
from lkt.pipeline import Result, run
from lkt.report.build import Wish, write_report
from lkt.workbook.declaration import KEYS, rows_with_columns
from lkt.workbook.reader import read_workbook
from tests.builders import EXAMPLES, base, edited, workbook
from tests.hard import running
from tests.hard.kinds import lying, ole
from tests.importing.office import FOLDER, report, sheets
from tests.packages import altered, unzipped
from tests.report.report_text import dump

SENDURO = (FOLDER / "laporan-senduro.txt").read_text(encoding="utf-8")


def silent(_question: str, _answers: Sequence[str]) -> None:
    """Nobody answers."""


def imported(path: Path, *files: Path, into: Path | None = None) -> Imported:
    return import_files(files, None if into else path, into, silent, force=True)


def from_text(folder: Path, text: str, make: Callable[[str], bytes] = report) -> tuple[Dataset, Imported]:
    old = folder / ("lama.docx" if make is report else "lama.xlsx")
    old.write_bytes(make(text))
    done = imported(folder / "q1.xlsx", old)
    return read_workbook(folder / "q1.xlsx"), done


def told(done: Imported, about: str) -> list[str]:
    return [each.text for each in done.remarks if each.about == about]


def cells(data: Dataset) -> dict[tuple[str, int, str], Cell[object]]:
    """Sheet, number of the row among its rows, and heading -> the cell; of Identitas the label."""
    found: dict[tuple[str, int, str], Cell[object]] = {}
    seen: dict[str, int] = {}
    for row, columns in rows_with_columns(data):
        number = 0 if row in (data.jumlah_anggaran, data.jumlah_desa) else seen.setdefault(row.sheet, 0) + 1
        seen[row.sheet] = max(number, seen.get(row.sheet, 0))
        found |= {(row.sheet, number, column.heading): cell for column, cell in columns}
    found |= {("Identitas", 0, key.field): getattr(data.identitas, key.field) for key in KEYS}
    return found


def shown(cell: Cell[object] | None) -> str:
    """What a cell says, without the sign that ends an item of a list."""
    if cell is None or (cell.value is None and not cell.written):
        return ""
    if isinstance(cell.value, Decimal):
        return format_trimmed(cell.value)
    return letters(cell.written if cell.value is None or isinstance(cell.value, str) else str(cell.value))


# The source report -----------------------------------------------------------------------------------------

PRINTED_OTHERWISE = {
    ("Identitas", 0, "peraturan_pelaporan"),  # the example adds Lumajang, which the report does not print
    ("Identitas", 0, "peraturan_kedudukan"),
    ("Indikator", 1, "Penjelasan"),  # the example leaves out the words that lead over to the table
    ("Indikator", 2, "Penjelasan"),
}
NOT_PRINTED = {"Narasi", "Skala", "Kode", "Foto", "sebutan_camat", "sebutan_desa"}
"""What the example holds by choice of its author, or import by the official list of areas."""


def test_the_source_report_becomes_a_workbook_in_which_no_cell_is_wrong(tmp_path: Path) -> None:
    truth = cells(read_workbook(EXAMPLES / "senduro-2024-tw1-asli.xlsx"))
    data, _ = from_text(tmp_path, SENDURO)
    found = cells(data)
    wanted = {at: shown(cell) for at, cell in truth.items() if shown(cell) and not NOT_PRINTED & set(at)}
    wrong = {
        at: (shown(found.get(at)), text)
        for at, text in wanted.items()
        if shown(found.get(at)) not in {"", text} and at not in PRINTED_OTHERWISE
    }
    extra = {
        at for at, cell in found.items() if shown(cell) and at not in wanted and not NOT_PRINTED & set(at)
    }
    right = [at for at in wanted if shown(found.get(at)) == wanted[at] or at in PRINTED_OTHERWISE]
    assert wrong == {}
    assert extra == set()
    assert len(wanted) > 250
    assert len(right) >= 0.95 * len(wanted), {at for at in wanted if at not in right}


def test_check_finds_what_is_wrong_in_the_source_report(tmp_path: Path) -> None:
    def findings(result: Result) -> set[tuple[str, str, str]]:
        places = ((each.code, ref) for each in result.findings for ref in each.refs)
        return {(code, ref.sheet, re.sub(r"\d", "", ref.cell)) for code, ref in places}

    truth = findings(run(read_workbook(EXAMPLES / "senduro-2024-tw1-asli.xlsx")))
    data, _ = from_text(tmp_path, SENDURO)
    lacking = {each for each in truth - findings(run(data)) if each[1] not in {"Narasi", "Kegiatan"}}
    assert lacking == set()


def test_every_cell_says_where_it_comes_from(tmp_path: Path) -> None:
    _, done = from_text(tmp_path, SENDURO)
    book = load_workbook(tmp_path / "q1.xlsx")
    notes = {(sheet.title, cell.coordinate): cell.comment.text for sheet in book for row in sheet for cell in row
             if cell.comment}  # fmt: skip
    assert "Asal: lama.docx, tabel ke-2, baris 2" in notes["Anggaran", "E2"]
    assert "Tertulis: “Rp. 1.860.252.824”" in notes["Anggaran", "E2"]
    assert "menurut nama program" in notes["Anggaran", "A2"]
    assert sum("Asal: " in text or "Disimpulkan" in text for text in notes.values()) == done.cells
    listed = [[cell.value for cell in row] for row in book["Hasil Impor"].iter_rows()]
    assert listed[1] == ["Perihal", "Penjelasan", "Tertulis", "Asal"]
    assert {row[0] for row in listed[2:]} == {"Berbeda", "Disimpulkan", "Masih kosong"}
    assert "padahal tertulis juga “30,12%”" in " ".join(told(done, "Berbeda"))


def test_the_sheet_and_the_notes_stay_behind_in_the_next_quarter(tmp_path: Path) -> None:
    from_text(tmp_path, SENDURO)
    assert "Hasil Impor" not in running.run("check", tmp_path / "q1.xlsx").text
    assert running.run("new", tmp_path / "q2.xlsx", "--from", tmp_path / "q1.xlsx").code == 0
    book = load_workbook(tmp_path / "q2.xlsx")
    assert "Hasil Impor" not in book.sheetnames
    texts = [cell.comment.text for sheet in book for row in sheet for cell in row if cell.comment]
    assert not [text for text in texts if "Asal: " in text]


# The law: what lkt printed comes back -----------------------------------------------------------------------

MUTATIONS = FOLDER.parent / "mutations"
OWN = (
    *sorted(path.relative_to(EXAMPLES).as_posix() for path in EXAMPLES.rglob("*.xlsx")),
    *(f"triwulan {number}" for number in (2, 4)),
    "wanasari-2025-tw3.md",
    *(f"offices/{path.name}" for path in sorted((MUTATIONS / "offices").glob("*.md"))),
)


def own_workbook(name: str, folder: Path) -> Path:
    if name.endswith(".xlsx"):
        return EXAMPLES / name
    path = folder / "kantor.xlsx"
    text = (
        (MUTATIONS / name).read_text(encoding="utf-8")
        if name.endswith(".md")
        else base(triwulan=int(name[-1]))
    )
    path.write_bytes(workbook(text))
    return path


def printed(result: Result) -> dict[str, str]:
    """The figures that the default report prints: not of kegiatan, nor of documents that no indicator counts."""
    counted = any(row.jenis.value == "dokumen desa" for row in result.dataset.indikator)
    figures = json.loads(figures_json("", result))["figures"]
    return {
        each["key"]: each["printed"]
        for each in figures
        if not re.match(r"program\.\d\.\d\d\.\d\d\.", each["key"])
        and (counted or not each["key"].startswith("dokumen."))
    }


@pytest.mark.parametrize("name", OWN)
def test_a_report_of_lkt_comes_back_with_the_same_figures(name: str, tmp_path: Path) -> None:
    first, origin = work_out_from(own_workbook(name, tmp_path))
    wish = Wish(draft=False, pages=False, force=True)
    write_report(first, origin, tmp_path / "a.docx", wish)
    done = imported(tmp_path / "q1.xlsx", tmp_path / "a.docx")
    second, origin = work_out_from(tmp_path / "q1.xlsx")
    assert printed(second) == printed(first)
    assert told(done, "Belum dimengerti") == []
    assert told(done, "Perlu dipilih") == []


@pytest.mark.parametrize(
    "name", ["sukamaju-2025-tw2.xlsx", "ciputat-2023-tw1.xlsx", "lumajang-2024/10-lumajang-2024-tw1.xlsx"]
)
def test_a_report_of_lkt_comes_back_word_for_word(name: str, tmp_path: Path) -> None:
    texts = []
    source = EXAMPLES / name
    for target in (tmp_path / "a.docx", tmp_path / "b.docx"):
        result, origin = work_out_from(source)
        write_report(result, origin, target, Wish(draft=False, pages=False))
        text = re.sub(r"\[1 gambar\]|Foto belum tersedia ¶ ", "", dump(target.read_bytes()))
        texts.append([line for line in text.splitlines() if not line.startswith("[Daftar Simpulan]")])
        source = imported(tmp_path / "q1.xlsx", target).path
    assert texts[1] == texts[0]


# Other layouts ---------------------------------------------------------------------------------------------

LAYOUTS: Mapping[str, tuple[Callable[[str], bytes], Mapping[str, str], Mapping[str, Sequence[str]]]] = {
    # a kota with kelurahan: targets by quarter, codes with kegiatan and sub kegiatan, a signature in a table
    "laporan-ciputat": (
        report,
        {"kabupaten": "Tangerang Selatan", "jenis_daerah": "Kota", "kode_kecamatan": "36.74.04", "triwulan": "2",
         "tanggal_laporan": "10 Juli 2023", "nama_camat": "ANDI CONTOH, S.Sos., M.Si.", "nip": "197501011999031002",
         "pangkat_golongan": "Pembina Tingkat I (IV/b)", "pemberi_amanah": "Wali Kota Tangerang Selatan",
         "peraturan_pelaporan": "Peraturan Wali Kota Tangerang Selatan Nomor 1 Tahun 2020 tentang Pelaporan Kinerja",
         "batas_hari_kerja": "7", "dasar_capaian": "triwulan", "sebutan_desa": "Kelurahan"},
        {
            "Indikator!Sasaran": ["Meningkatnya akuntabilitas kinerja kecamatan"] * 2 + ["Meningkatnya ketenteraman dan ketertiban"],
            "Indikator!Target": ["30", "BB", "100%"], "Indikator!Target Triwulan": ["15", "B", "50%"],
            "Indikator!Jenis": ["nilai", "predikat", "nilai"], "Indikator!Realisasi": ["12,5", "B", "48%"],
            "Anggaran!Kode": ["7.01.01", "7.01.01.2.01", "7.01.01.2.01.0001", "7.01.02", "7.01.04", ""],
            "Anggaran!Indikator": ["1", "", "", "", "3", ""],
            "Anggaran!Pagu": ["18.039.683.274", "156.050.840", "42.854.000", "9.000.000.000", "500.000.000", "27.539.683.274"],
            "Anggaran!Realisasi": ["9.190.786.330", "58.025.420", "21.427.000", "2.459.879.200", "44.576.160", "11.695.241.690"],
            "Tindak Lanjut!Batas Waktu": ["Agustus 2023", "15 Juli 2023"],
            "Narasi!Teks": ["Petugas lapangan belum lengkap.", "Data pengaduan belum terpadu."],
            "Tugas Fungsi!Uraian": ["Menyelenggarakan urusan pemerintahan umum",
                "Mengoordinasikan kegiatan pemberdayaan masyarakat", "Membina penyelenggaraan pemerintahan kelurahan"],
        },
    ),
    # sasaran over their indicators, K and Rp under each target, three documents, a log in another order
    "laporan-kudu": (
        report,
        {"kecamatan": "Kudu", "kabupaten": "Jombang", "triwulan": "4", "tanggal_laporan": "Pebruari 2024",
         "tempat": "Kudu", "pangkat_golongan": "Penata Tingkat I (III/d)"},
        {
            "Indikator!Sasaran": ["Meningkatnya kualitas pelayanan"] * 2 + ["Meningkatnya tertib administrasi desa"],
            "Indikator!Target": ["82,50", "90%", "100%"], "Indikator!Satuan": ["indeks", "%", "%"],
            "Indikator!Jenis": ["nilai", "nilai", "dokumen desa"],
            "Anggaran!Kode": ["7.01.01", "7.01.06", ""], "Anggaran!Pagu": ["1.204.000.000", "40.500.000", "1.244.500.000"],
            "Anggaran!Realisasi": ["1.187.500.250", "40.125.000", "1.227.625.250"],
            "Anggaran!Target": ["100%", "190", ""], "Anggaran!Realisasi Kinerja": ["100%", "185", ""],
            "Anggaran!Satuan": ["", "Kasus", ""],
            "Desa!Desa": ["Kudubanjar", "Made" ], "Desa!RKPDesa": ["12 September 2023", "3 Oktober 2023", "1"],
            "Desa!APBDesa": ["28 Desember 2023", "29 Desember 2023", "2"], "Desa!LPPDesa": ["20 Februari 2023", "", "1"],
            "Fasilitasi!Jenis Fasilitasi": ["Pembinaan perangkat desa Made", "Mediasi batas lahan"],
            "Fasilitasi!Tanggal": ["4 Oktober 2023", "13 November 2023"],
            "Fasilitasi!Ditindaklanjuti": ["Ya", "Tidak"],
        },
    ),
    # a realisation report and a list of desa: a title, headings over two rows, codes, kinds of expenditure
    "sheets-realisasi": (
        sheets,
        {"kecamatan": "Senduro", "kabupaten": "Lumajang", "tahun": "2024", "triwulan": "1"},
        {
            "Anggaran!Kode": ["7.01.01", "7.01.01.2.01", "7.01.01.2.01.0001", "7.01.06", ""],
            "Anggaran!Pagu": ["1.834.590.815", "14.000.000", "14.000.000", "6.600.000", "1.841.190.815"],
            "Anggaran!Realisasi": ["460.901.183", "3.500.000", "3.500.000", "0", "460.901.183"],
            "Desa!Desa": ["Purworejo", "Sarikemuning", "Burno"],
            "Desa!LPPDesa": ["45322", "26 Februari 2024", "", "1"],
            "Desa!Keterangan": ["", "", "lewat surat"],
        },
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", LAYOUTS)
def test_other_layouts(name: str, tmp_path: Path) -> None:
    make, identity, columns = LAYOUTS[name]
    data, _ = from_text(tmp_path, (FOLDER / f"{name}.txt").read_text(encoding="utf-8"), make)
    found = {key.field: getattr(data.identitas, key.field) for key in KEYS}
    assert {label: found[label].written or str(found[label].value) for label in identity} == identity
    rows: dict[str, list[str]] = {}
    for row, below in rows_with_columns(data):
        for at, cell in below:
            rows.setdefault(f"{row.sheet}!{at.heading}", []).append(cell.written)
    for column, texts in columns.items():
        assert rows[column][: len(texts)] == texts, column


# What has two readings, and what is not understood ----------------------------------------------------------

TWO = """LAPORAN KINERJA TRIWULAN I TAHUN 2024
KECAMATAN SENDURO KABUPATEN LUMAJANG

No\tSasaran\tIndikator\tTarget\tRealisasi
1\tMutu layanan\tIndeks Kepuasan Masyarakat\t82.5\t4.250

No\tProgram\tAnggaran
1\tProgram Pemberdayaan Masyarakat Desa dan Kelurahan\tRp 5.000.000,-

No\tBarang\tMerek\tKondisi
1\tLaptop\tA\tbaik
"""


def test_what_has_two_readings_is_left_blank_and_listed(tmp_path: Path) -> None:
    data, done = from_text(tmp_path, TWO)
    assert data.indikator[0].target.blank
    assert data.anggaran[0].anggaran_pk.blank
    assert told(done, "Perlu dipilih") == [
        "Target dapat berarti 82,5 atau 825; dibiarkan kosong.",
        "Realisasi dapat berarti 4,25 atau 4.250; dibiarkan kosong.",
        "Kolom ini dapat berarti Anggaran PK atau Pagu; dibiarkan kosong.",
    ]
    [unknown] = [each for each in done.remarks if each.about == "Belum dimengerti"]
    assert unknown.source == "lama.docx, tabel ke-3"
    assert unknown.written == "No | Barang | Merek | Kondisi | 1 | Laptop | A | baik"


BY_QUARTER = """== A
REALISASI TRIWULAN II TAHUN 2024 KECAMATAN SENDURO

Kode\tUraian\tPagu\tRealisasi\t←
↑\t↑\t↑\tTW I\tTW II
7.01.05\tProgram Penyelenggaraan Urusan Pemerintahan Umum\t7200000\t1000000\t2000000
"""


@pytest.mark.parametrize(("answer", "realisasi"), [(0, 2_000_000), (1, None), (None, None)])
def test_money_of_one_quarter_is_no_realisasi_until_somebody_says_so(
    answer: int | None, realisasi: int | None, tmp_path: Path
) -> None:
    (tmp_path / "lama.xlsx").write_bytes(sheets(BY_QUARTER))
    import_files([tmp_path / "lama.xlsx"], tmp_path / "q2.xlsx", None, lambda *_: answer, force=False)
    [row] = read_workbook(tmp_path / "q2.xlsx").anggaran
    assert row.pagu.value == 7_200_000
    assert row.realisasi.value == realisasi


def test_what_has_two_readings_is_asked(tmp_path: Path) -> None:
    (tmp_path / "lama.docx").write_bytes(report(TWO))
    asked: list[str] = []

    def answer(question: str, answers: Sequence[str]) -> int:
        asked.append(f"{question}: {answers}")
        return 1

    done = import_files([tmp_path / "lama.docx"], tmp_path / "q1.xlsx", None, answer, force=False)
    data = read_workbook(tmp_path / "q1.xlsx")
    assert data.indikator[0].target.value == 825
    assert data.anggaran[0].pagu.value == 5_000_000
    assert asked[2] == "Kolom “Anggaran” (lama.docx, tabel ke-2): ('Anggaran PK', 'Pagu')"
    assert told(done, "Perlu dipilih") == []


def test_a_column_is_asked_once(tmp_path: Path) -> None:
    rows = "\n".join(f"{day}\tRapat {day}\t0{day}/04/2024\tNotula\tKasi" for day in (1, 2, 3, 25))
    text = f"== A\nTAHUN 2024\n\nNo\tJenis Fasilitasi\tTanggal\tBukti\tPelaksana\n{rows.replace('025/04', '04/25')}"
    (tmp_path / "lama.xlsx").write_bytes(sheets(text))
    asked: list[str] = []

    def answer(question: str, _answers: Sequence[str]) -> int:
        asked.append(question)
        return 0

    import_files([tmp_path / "lama.xlsx"], tmp_path / "q1.xlsx", None, answer, force=False)
    dates = [row.tanggal.value for row in read_workbook(tmp_path / "q1.xlsx").fasilitasi]
    assert [str(each.start) for each in dates[:3] if each] == ["2024-04-01", "2024-04-02", "2024-04-03"]
    assert len(asked) == 1


# A workbook that is there -----------------------------------------------------------------------------------


def test_into_fills_blank_cells_alone_and_tells_what_differs(tmp_path: Path) -> None:
    named = {"Identitas!B3": "Lumajang", "Identitas!B4": "Senduro"}
    own = edited(base(), {"Anggaran!H2": "", "Anggaran!G3": "1000", "Identitas!B10": "", **named})
    book, old = tmp_path / "q1.xlsx", tmp_path / "lama.docx"
    book.write_bytes(workbook(own))
    before = cells(read_workbook(book))
    old.write_bytes(report(SENDURO))
    done = imported(book, old, into=book)
    after = cells(read_workbook(book))
    kept = {at: cell.written for at, cell in before.items() if cell.written and not cell.formula}
    assert {at: after[at].written for at in kept} == kept
    assert after["Anggaran", 1, "Kode"].value == "7.01.02"
    assert after["Anggaran", 1, "Realisasi"].value == 6_699_000
    assert any("Anggaran!G3 (Pagu) tetap “1000”" in text for text in told(done, "Berbeda"))
    assert (tmp_path / "q1.xlsx.bak").exists() or list(tmp_path.glob("*.bak*"))
    assert done.rows["Anggaran"] == 2
    book.write_bytes(workbook(base()))
    with pytest.raises(LktError, match="Kecamatan Senduro, sedangkan"):
        imported(book, old, into=book)


def test_into_of_another_quarter_takes_what_lasts(tmp_path: Path) -> None:
    book, old = tmp_path / "q2.xlsx", tmp_path / "lama.docx"
    assert running.run("new", book, "--kecamatan", "35.08.12", "--tahun", 2024, "--triwulan", 2).code == 0
    old.write_bytes(report(SENDURO))
    done = imported(book, old, into=book)
    data = read_workbook(book)
    assert [row.indikator.value for row in data.indikator] == [
        "Persentase hasil Fasilitasi dan Koordinasi yang ditindaklanjuti",
        "Rata-rata persentase desa yang menyusun dokumen administrasi pemerintahan desa tepat waktu",
    ]
    assert data.anggaran[0].anggaran_pk.value == 1_860_252_824
    assert data.anggaran[0].realisasi.blank
    assert data.identitas.tanggal_laporan.blank
    assert len(data.fasilitasi) == 19
    assert any("isian triwulan tidak diambil" in text for text in told(done, "Berbeda"))
    assert imported(book, old, into=book).cells == 0


# The command line, and files that cannot be taken in --------------------------------------------------------


def test_the_command_line(tmp_path: Path) -> None:
    (tmp_path / "lama.docx").write_bytes(report(SENDURO))
    done = running.run("import", "lama.docx", "-o", "q1.xlsx", cwd=tmp_path)
    assert done.code == 0
    assert "Buku kerja tersimpan: q1.xlsx" in done.out
    assert "lkt check q1.xlsx" in done.out
    assert running.run("import", "lama.docx", "-o", "q1.xlsx", cwd=tmp_path).code == 2
    assert "--into" in running.run("import", "lama.docx", cwd=tmp_path).text
    assert "berkas asalnya sendiri" in running.run("import", "q1.xlsx", "-o", "q1.xlsx", cwd=tmp_path).text


def test_more_rows_than_an_office_fills(tmp_path: Path) -> None:
    rows = "\n".join(f"{number}\tRapat {number}\tMei\tNotula\tKasi" for number in range(2001))
    (tmp_path / "lama.xlsx").write_bytes(
        sheets(f"== A\nNo\tJenis Fasilitasi\tTanggal\tBukti\tPelaksana\n{rows}")
    )
    with pytest.raises(LktError, match=r"2\.001 baris tabel; paling banyak 2\.000"):
        imported(tmp_path / "q1.xlsx", tmp_path / "lama.xlsx")


def test_names_that_are_nearly_alike_are_two_indicators(tmp_path: Path) -> None:
    rows = "".join(
        f"{number}\tMutu\tPersentase layanan ke-{number} yang sesuai standar\t85%\n" for number in (1, 2)
    )
    data, _ = from_text(tmp_path, f"KECAMATAN SENDURO\n\nNo\tSasaran\tIndikator\tTarget\n{rows}")
    assert len(data.indikator) == 2


def test_boxes_in_boxes_and_rows_wider_than_word_allows_take_no_time(tmp_path: Path) -> None:
    box = b"<w:p/>"
    for _ in range(40):
        box = b"<w:p><w:r><w:pict><w:txbxContent>%s</w:txbxContent></w:pict></w:r></w:p>" % box
    cell = b"<w:tc><w:tcPr><w:gridSpan w:val='63'/></w:tcPr><w:p/></w:tc>"
    table = b"<w:tbl><w:tr>%s</w:tr>%s</w:tbl>" % (cell * 3000, b"<w:tr><w:tc><w:p/></w:tc></w:tr>" * 3000)
    path = tmp_path / "lama.docx"
    path.write_bytes(
        altered(
            report(TWO),
            {"word/document.xml": lambda xml: xml.replace(b"<w:body>", b"<w:body>" + box + table, 1)},
        )
    )
    begun = time.process_time()
    assert imported(tmp_path / "q1.xlsx", path).rows["Indikator"]
    assert time.process_time() - begun < 5


def test_into_of_its_own_report_finds_nothing_different(tmp_path: Path) -> None:
    book, laporan = tmp_path / "q1.xlsx", tmp_path / "laporan.docx"
    book.write_bytes((EXAMPLES / "senduro-2024-tw1.xlsx").read_bytes())
    running.run("build", book, "-o", laporan, "--no-pages")
    imported(book, laporan, into=book)
    again = imported(book, laporan, into=book)
    assert (again.cells, told(again, "Berbeda")) == (0, [])
    (tmp_path / "~$q1.xlsx").write_bytes(b"x")
    with pytest.raises(LktError, match="sedang terbuka"):
        imported(book, laporan, into=book)


def scanned() -> bytes:
    document = docx.Document()
    for _ in range(3):
        document.add_picture(str(EXAMPLES / "foto-1.jpg"))
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


REFUSED: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "pindai.docx": (scanned, "hanya berisi gambar, seperti hasil pindai"),
    "lama.doc": (lambda: ole("WordDocument"), "dokumen Word lama (.doc).|Dokumen Word (*.docx)"),
    "cetak.pdf": (lambda: b"%PDF-1.7 x", "adalah PDF.|Word (.docx) atau Excel (.xlsx) asalnya"),
    "dinamai ulang.docx": (lambda: b"%PDF-1.7 x", "adalah PDF."),
    "buku.docx": (lambda: workbook("## Lain\n\n| A | B |\n|---|---|\n| 1 | 2 |\n"), "Tidak ada tabel"),
    "q0.xlsx": (lambda: workbook(base()), "sudah berupa buku kerja lkt"),
    "sandi.docx": (lambda: ole("EncryptedPackage"), "dilindungi kata sandi.|hapus kata sandinya"),
    "tawa.docx": (
        lambda: altered(report(TWO), {"word/document.xml": lambda xml: xml.replace(
            b"<w:document", b"<!DOCTYPE a [<!ENTITY b 'c'>]><w:document", 1)}), "memuat jenis dokumen (DTD)"),
    "bom.docx": (
        lambda: lying({**unzipped(report(TWO)), "word/media/x.bin": b"x"}, "word/media/x.bin", 450 * 1024**2),
        "terlalu besar"),
    "terpotong.docx": (lambda: report(TWO)[:-40], "rusak"),
    "surat.docx": (lambda: report("Surat undangan rapat koordinasi pada hari Senin. " * 20), "Tidak ada tabel"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_taken_in_is_told(name: str, tmp_path: Path) -> None:
    recipe, words = REFUSED[name]
    (tmp_path / name).write_bytes(recipe())
    done = running.run("import", tmp_path / name, "-o", tmp_path / "q1.xlsx")
    assert done.code == 2
    for word in words.split("|"):
        assert word in done.text
    assert running.names(tmp_path) == {name}


def test_conclusions_do_not_repeat_the_strategies(tmp_path: Path) -> None:
    data, done = from_text(tmp_path, SENDURO)
    strategies = {row.strategi.written.rstrip(". ") for row in data.strategi}
    texts = [row.teks.written for row in data.narasi]
    assert len(texts) == 2
    assert not any(text.rstrip(". ") in strategies or text.endswith(":") for text in texts)
    assert any(
        text.startswith("Simpulan yang menyebut isi lembar Strategi") for text in told(done, "Disimpulkan")
    )
    assert any(text.startswith("Lembar Fasilitasi, baris 21: ") for text in told(done, "Masih kosong"))
