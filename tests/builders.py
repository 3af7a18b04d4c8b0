"""Workbooks for tests, made from small Markdown tables (see ``examples.tables`` for what a cell may hold).

Two more kinds of cell: ``#REF!`` and the other error values, and ``=SUM(G2:G3)``, a formula that was never
calculated; ``=SUM(G2:G3) → 100`` shows a result (in ``dataset`` only, openpyxl cannot write one).
"""

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import column_index_from_string

from examples.tables import join_tables, parse_value, split_tables
from lkt import addresses
from lkt.calendar import Triwulan, is_working_day, report_deadline
from lkt.figures import Case as FiguresCase
from lkt.findings import Finding
from lkt.indicators import compute
from lkt.indonesian import MONTHS
from lkt.model import Dataset
from lkt.pipeline import Result, listed_as, run
from lkt.rules import TITLES
from lkt.workbook.photos import locate_pictures
from lkt.workbook.reader import read_grids
from lkt.xlsx import Areas, Percent, Raw, SheetCells

EXAMPLES = Path(__file__).parents[1] / "examples"
"""The folder beside which a test's workbook lies: its foto-1.jpg … foto-4.jpg can be named."""

_ADDRESS = re.compile(r"(?P<sheet>[^!]+)(?:!(?P<column>[A-Z]*)(?P<row>\d+))?")
_ERROR = re.compile(r"#[A-Z0-9/]+[!?]?")


# From a table to a workbook --------------------------------------------------------------------------------


def dataset(
    markdown: str,
    hidden: Mapping[str, Sequence[int]] | None = None,
    folder: Path = EXAMPLES,
    merged: Mapping[str, Sequence[str]] | None = None,
) -> Dataset:
    """What the reader makes of a workbook with these tables; hidden rows and merged areas by sheet."""
    return dataset_of(split_tables(markdown), hidden or {}, folder, merged or {})


def dataset_of(
    tables: Mapping[str, Sequence[Sequence[str]]],
    hidden: Mapping[str, Iterable[int]],
    folder: Path = EXAMPLES,
    merged: Mapping[str, Sequence[str]] | None = None,
) -> Dataset:
    """What the reader makes of tables that were taken apart."""
    areas = {name: Areas(map(addresses.area, texts)) for name, texts in (merged or {}).items()}
    grids = [
        SheetCells(name, _rows(lines), frozenset(hidden.get(name, ())), merged=areas.get(name, Areas()))
        for name, lines in tables.items()
    ]
    return locate_pictures(read_grids(grids), folder)


def workbook(markdown: str) -> bytes:
    """A plain .xlsx with these tables and nothing of the standard workbook but what they say."""
    book = Workbook()
    for sheet in list(book.worksheets):
        book.remove(sheet)
    for name, lines in split_tables(markdown).items():
        sheet = book.create_sheet(name)
        for row, cells in _rows(lines).items():
            for column, raw in cells.items():
                cell = sheet.cell(row, column, _typed(lines[row - 1][column - 1], raw))
                cell.number_format = raw.number_format
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _typed(text: str, raw: Raw) -> str | float | datetime | None:
    """What openpyxl is given: a formula as it is typed, else the value."""
    if raw.formula:
        return text.partition("→")[0].strip()
    assert raw.value is None or isinstance(raw.value, str | int | float | datetime)
    return raw.value


def _rows(lines: Sequence[Sequence[str]]) -> dict[int, dict[int, Raw]]:
    return {
        number: {column: _raw(text) for column, text in enumerate(cells, start=1) if text}
        for number, cells in enumerate(lines, start=1)
    }


@cache
def _raw(text: str) -> Raw:
    """The cell as openpyxl would give it."""
    if text.startswith("="):
        result = text.partition("→")[2].strip()
        shown = _raw(result) if result else Raw(None)
        return Raw(shown.value, shown.number_format, formula=True, error=shown.error)
    if _ERROR.fullmatch(text):
        return Raw(text, error=True)
    value = parse_value(text)
    if isinstance(value, Percent):
        places = f".{'0' * value.decimals}" if value.decimals else ""
        return Raw(float(value.points / 100), f"0{places}%")
    if isinstance(value, Decimal):
        return Raw(float(value))
    if isinstance(value, date):
        return Raw(datetime.combine(value, time()), "d mmmm yyyy")
    return Raw(value)


# One change ------------------------------------------------------------------------------------------------


def edit(markdown: str, address: str, value: str) -> str:
    """The tables with one change.

    ``Anggaran!G2`` sets a cell, which may lie right of or below the table; ``Anggaran!3`` with an empty
    value blanks a row; ``Anggaran`` renames a sheet, an empty value removes it.
    """
    tables = split_tables(markdown)
    match = _ADDRESS.fullmatch(address)
    assert match
    sheet = match["sheet"]
    if match["row"] is None:
        return join_tables({value if name == sheet else name: lines for name, lines in tables.items()
                            if name != sheet or value})  # fmt: skip
    lines = tables.setdefault(sheet, [[""]])
    if match["column"]:
        _set(lines, int(match["row"]), column_index_from_string(match["column"]), value)
    else:
        lines[int(match["row"]) - 1] = [value] * len(lines[0])
    return join_tables(tables)


def _set(lines: list[list[str]], row: int, column: int, value: str) -> None:
    width = max(len(lines[0]), column)
    lines.extend([] for _ in range(row - len(lines)))
    for cells in lines:
        cells.extend([""] * (width - len(cells)))
    lines[row - 1][column - 1] = value


def edited(markdown: str, edits: Mapping[str, str]) -> str:
    """The tables with several changes, one after the other."""
    for address, value in edits.items():
        markdown = edit(markdown, address, value)
    return markdown


def patched(sheet: str, cell: str, value: str, *, tahun: int = 2024, triwulan: int = 1) -> Dataset:
    """The clean workbook with one cell changed."""
    return dataset(edit(base(tahun, triwulan), f"{sheet}!{cell}", value))


# What a check says -----------------------------------------------------------------------------------------


def found(data: Dataset, code: str) -> list[Finding]:
    """The findings of one rule."""
    return [finding for finding in run(data).findings if finding.code == code]


def codes(data: Dataset) -> set[str]:
    """The codes of all findings."""
    return {finding.code for finding in run(data).findings}


@dataclass(frozen=True)
class Case:
    """The clean workbook with some cells changed, as a rule sees it.

    It is read and worked out once: tests of the rule, of all rules and of what they read look at the same.

    Attributes:
        code: the rule.
        edits: address -> what is typed there.
        triwulan: the quarter of the clean workbook, of 2024.
        hidden: sheet -> hidden rows.
        merged: sheet -> merged areas.
        previous: what is typed in the clean workbook of the quarter before, beside which the workbook is
            checked; None checks it alone.
    """

    code: str
    edits: Mapping[str, str]
    triwulan: int = field(default=1, kw_only=True)
    hidden: Mapping[str, Sequence[int]] = field(default_factory=dict, kw_only=True)
    merged: Mapping[str, Sequence[str]] = field(default_factory=dict, kw_only=True)
    previous: Mapping[str, str] | None = field(default=None, kw_only=True)

    def __str__(self) -> str:
        before = "" if self.previous is None else f" < {_typed_in(self.previous)}"
        return f"{self.code} {_typed_in(self.edits)}{before}"

    @cached_property
    def dataset(self) -> Dataset:
        """The workbook."""
        return dataset(edited(base(triwulan=self.triwulan), self.edits), self.hidden, merged=self.merged)

    @cached_property
    def before(self) -> Dataset | None:
        """The workbook of the quarter before."""
        if self.previous is None:
            return None
        quarter = Triwulan(2024, self.triwulan).previous
        return dataset(edited(base(quarter.tahun, quarter.nomor), self.previous))

    @property
    def case(self) -> FiguresCase:
        """What a rule looks at, with what all of them found."""
        now, then = self.dataset, self.before
        before = None if then is None else FiguresCase(then, compute(then))
        return FiguresCase(
            now, self.result.computed, before, self.result.findings, TITLES, listed_as(now.identitas)
        )

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings of all rules that are not accepted."""
        return tuple(finding for finding in self.result.findings if not finding.accepted)

    @cached_property
    def result(self) -> Result:
        """All that can be said about the workbook."""
        return run(self.dataset, self.before)

    def verify(self) -> None:
        """Fail unless the case is as it says."""
        raise NotImplementedError


def _typed_in(edits: Mapping[str, str]) -> str:
    return " ".join(f"{address}={value}" for address, value in edits.items())


class Passes(Case):
    """A workbook close to the mistake, in which no rule finds anything."""

    def verify(self) -> None:
        """Nothing is found."""
        assert self.findings == ()


@dataclass(frozen=True)
class Finds(Case):
    """A workbook in which a rule finds one thing and no other rule finds anything.

    Attributes:
        cells: all cells that the finding points at, the first one first: ``Anggaran!G2, Anggaran!E2``.
        words: what its printed text says, in any of its parts; several are separated by a slash.
        also: the codes of further findings that the same mistake cannot but cause.
    """

    cells: str
    words: str
    also: tuple[str, ...] = ()

    def __str__(self) -> str:
        return super().__str__()

    def verify(self) -> None:
        """The finding is there, with its cells and its words, and nothing else is."""
        findings = self.findings
        mine = [finding for finding in findings if finding.code == self.code]
        assert len(mine) == 1, findings
        assert ", ".join(map(str, mine[0].refs)) == self.cells
        parts = ("message", "written", "expected", "difference", "hint")
        text = "\n".join(getattr(mine[0], part) for part in parts)
        for words in self.words.split(" / "):
            assert words in text
        assert {finding.code for finding in findings} == {self.code, *self.also}


LISTED = {
    "Identitas!B3": "Sabu Raijua",
    "Identitas!B4": "Raijua",
    "Identitas!B5": "53.20.06",
    "Identitas!B9": "Raijua",
    "Identitas!B11": "Camat Raijua",
    "Identitas!B14": "Bupati Sabu Raijua",
    "Identitas!B15": "Peraturan Bupati Sabu Raijua Nomor 6 Tahun 2018",
    "Identitas!B17": "Peraturan Bupati Sabu Raijua Nomor 96 Tahun 2019",
    "Desa!A2": "53.20.06.2003",
    "Desa!B2": "Bolua",
    "Desa!A3": "53.20.06.2004",
    "Desa!B3": "Kolorae",
    "Desa!A4": "53.20.06.2005",
    "Desa!B4": "Ballu",
    "Kegiatan!B2": "Bersih Desa Bolua",
}
"""Changes of the clean workbook: a kecamatan with three desa, and the kelurahan Ledeke and Ledeunu."""


def read_cases(text: str) -> tuple[Case, ...]:
    """The cases of a file in ``tests/rules/cases``, one a line; a line that begins with a space goes on.

    The columns, separated by bars: the rule; what is done to the clean workbook; and, where the rule finds
    something, the cells, the words and the further codes of ``Finds``. What is done is one or several of

        Anggaran!G2 = 13464000            typed (␣ is a space that would be lost)
        TW 2                              the clean workbook of another quarter
        hidden Desa 3 9                   rows hidden
        merged Desa E2:E4                 cells merged
        before, before Anggaran!H2 = 0    checked beside the clean workbook of the quarter before, or another
        listed                            of an office that is on the official list of areas
    """
    lines = re.sub(r"\n +", " ", text).splitlines()
    return tuple(_case(*line.split(" | ")) for line in lines if line)


def _case(code: str, done: str, *finds: str) -> Case:
    edits: dict[str, str] = {}
    hidden: dict[str, list[int]] = {}
    merged: dict[str, list[str]] = {}
    previous: dict[str, str] | None = None
    triwulan = 1
    for part in done.split(" ; "):
        address, mark, value = (text.strip() for text in part.partition(" ="))
        if address.startswith("TW "):
            triwulan = int(address[3:])
        elif address.startswith("hidden "):
            _, sheet, *rows = address.split()
            hidden[sheet] = list(map(int, rows))
        elif address.startswith("merged "):
            _, sheet, *merged[sheet] = address.split()
        elif address == "listed":
            edits |= LISTED
        elif address == "before":
            previous = {}
        elif address.startswith("before "):
            previous = {**(previous or {}), address[7:]: value.replace("␣", " ")}
        elif mark:
            edits[address] = value.replace("␣", " ")
    more: Any = {"triwulan": triwulan, "hidden": hidden, "merged": merged, "previous": previous}
    if not finds:
        return Passes(code, edits, **more)
    cells, words, *also = finds
    codes_too = tuple(also[0].split(", ")) if also else ()
    return Finds(code, edits, cells, words, codes_too, **more)


# The clean workbook ----------------------------------------------------------------------------------------


@cache
def base(tahun: int = 2024, triwulan: int = 1) -> str:
    """A complete small workbook in which nothing is wrong, in Markdown.

    That of a later quarter goes on from that of the quarter before: the log, the dates, what was spent and
    what was reached add up over the year, and everything else stays as it was agreed.
    """
    quarter = Triwulan(tahun, triwulan)
    facts = {
        "tahun": tahun,
        "depan": tahun + 1,
        "lalu": tahun - 1,
        "triwulan": triwulan,
        "roman": quarter.roman,
        "tanda_tangan": report_deadline(quarter).isoformat(),
        "fasilitasi": _log(tahun, triwulan),
        "realisasi1": 2500000 + 2500000 * triwulan,
        "realisasi2": 2000000 * triwulan,
        "kinerja": f"{25 * triwulan}%",
        "kegiatan": _working_day(quarter.mulai + timedelta(days=40)),
        "bulan": f"{MONTHS[quarter.bulan[0] - 1]} s.d. {MONTHS[quarter.bulan[2] - 1]} {tahun}",
        **{f"lpp{number}": _working_day(date(tahun, 2, 10 + number)) for number in range(1, 4)},
        **{f"rkp{number}": _if(triwulan >= 3, date(tahun, 9, 10 + number)) for number in range(1, 4)},
        **{f"apb{number}": _if(triwulan >= 4, date(tahun, 12, 10 + number)) for number in range(1, 4)},
    }
    return _BASE.format(**facts)


_LOG = """
1 10 Penyelenggaraan Musrenbangcam | {} | Berita acara dan daftar hadir | Kasi Pemberdayaan Masyarakat
1 20 Evaluasi rancangan Peraturan Desa tentang aset desa | {} | Lembar evaluasi | Kasi Pemerintahan
1 30 Sosialisasi standar pelayanan kepada perangkat desa | {} | Daftar hadir dan notula | Kasi Pelayanan Umum
2 10 Asistensi penatausahaan keuangan desa | {} | Lembar asistensi | Kasi Pemerintahan
2 20 Pembinaan kader posyandu | {} | Daftar hadir dan foto | Kasi Kesejahteraan Sosial
3 10 Pendampingan penyusunan rencana kerja desa | {} | Berita acara | Kasi Pemberdayaan Masyarakat
3 20 Pengamanan peringatan hari kemerdekaan | {} | Surat tugas dan foto | Kasi Ketenteraman
4 10 Penyelesaian batas wilayah antardesa | {} | Berita acara kesepakatan | Kasi Pemerintahan
4 20 Simulasi penanggulangan bencana | {} | Daftar hadir dan foto | Kasi Ketenteraman
"""
"""The log of a year: quarter, days after its first day, and the cells around the date."""


def _log(tahun: int, triwulan: int) -> str:
    """The log up to a quarter: the rows of the quarters before stay, new ones come."""
    lines = (line.split(" ", 2) for line in _LOG.strip().splitlines())
    rows = (
        (cells, Triwulan(tahun, int(nomor)).mulai + timedelta(days=int(days)))
        for nomor, days, cells in lines
        if int(nomor) <= triwulan
    )
    return "\n".join(
        f"| {number} | {cells.format(_working_day(day))} | Ya |"
        for number, (cells, day) in enumerate(rows, 1)
    )


def _working_day(day: date) -> str:
    while not is_working_day(day):
        day += timedelta(days=1)
    return day.isoformat()


def _if(condition: bool, day: date) -> str:
    return _working_day(day) if condition else ""


_BASE = """
## Identitas

| Isian | Nilai | Keterangan |
|---|---|---|
| Versi Format | 1 | |
| Kabupaten | Mekarjaya | |
| Kecamatan | Sukamulya | |
| Kode Kecamatan | 35.99.01 | |
| Tahun | {tahun} | |
| Triwulan | {triwulan} | |
| Tanggal Laporan | {tanda_tangan} | |
| Tempat | Sukamulya | |
| Nama Camat | Dra. SRI LESTARI, M.Si. | |
| Jabatan | Camat Sukamulya | |
| Pangkat/Golongan | Pembina Tingkat I (IV/b) | |
| NIP | 19700517 199503 2 003 | |
| Pemberi Amanah | Bupati Mekarjaya | |
| Peraturan Pelaporan | Peraturan Bupati Mekarjaya Nomor 6 Tahun 2018 | |
| Pasal Pelaporan | Pasal 4 | |
| Peraturan Kedudukan | Peraturan Bupati Mekarjaya Nomor 96 Tahun 2019 | |
| Pasal Kedudukan | Pasal 8 | |
| Batas Hari Kerja | 5 | |
| Desimal Persen | 2 | |
| Rumus Efisiensi | selisih | |
| Rerata Anggaran | rata-rata | |
| Batas Capaian | tanpa | |
| Dasar Capaian | tahun | |
| Ukuran Kertas | F4 | |
| Logo | | |

## Tugas Fungsi

| No | Uraian |
|---|---|
| 1 | Menyelenggarakan urusan pemerintahan umum |

## Indikator

| No | Sasaran | Indikator | Satuan | Arah | Target | Target Triwulan | Jenis | Uraian Pembilang | Pembilang | Uraian Penyebut | Penyebut | Realisasi | Capaian | Keterangan | Penjelasan |
|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|
| 1 | Meningkatnya pelayanan publik di kecamatan | Persentase fasilitasi yang ditindaklanjuti | % | naik | 80% | | fasilitasi | Fasilitasi yang ditindaklanjuti | | Fasilitasi yang direncanakan | 9 | | | | Fasilitasi berjalan sesuai rencana. |
| 2 | Meningkatnya akuntabilitas pemerintahan desa | Persentase dokumen desa yang tepat waktu | % | naik | 100% | | dokumen desa | Dokumen yang tepat waktu | | Desa dikali dokumen | | | | | LPPDesa diterima pada bulan Februari. |

## Anggaran

| Kode | Program | Indikator | Indikator Program | Anggaran PK | Sumber Dana | Pagu | Realisasi | Capaian | Target | Realisasi Kinerja | Keterangan |
|---|---|---|---|---|---|---|---|---|---|---|---|
| 7.01.02 | Program Penyelenggaraan Pemerintahan dan Pelayanan Publik | 1 | Persentase pelayanan publik yang terselenggara | 13600000 | DAU | 13600000 | {realisasi1} | | 100% | {kinerja} | |
| 7.01.06 | Program Pembinaan dan Pengawasan Pemerintahan Desa | 2 | Persentase desa yang dibina dan diawasi | 11000000 | DAU | 11000000 | {realisasi2} | | | | |
| | Jumlah | | | | | | | | | | |

## Fasilitasi

| No | Jenis Fasilitasi | Tanggal | Bukti Pendukung | Pelaksana | Ditindaklanjuti |
|---|---|---|---|---|---|
{fasilitasi}

## Dokumen

| Dokumen | Tahun Anggaran | Batas Waktu | Jenis Tanggal | Dasar Hukum | Uraian |
|---|---|---|---|---|---|
| RKPDesa | {depan} | {tahun}-09-30 | penetapan | | |
| APBDesa | {depan} | {tahun}-12-31 | penetapan | | |
| LPPDesa | {lalu} | {tahun}-03-31 | penyampaian | | |

## Desa

| Kode | Desa | RKPDesa | APBDesa | LPPDesa | Keterangan |
|---|---|---|---|---|---|
| 35.99.01.2001 | Sidomukti | {rkp1} | {apb1} | {lpp1} | |
| 35.99.01.2002 | Karanganyar | {rkp2} | {apb2} | {lpp2} | |
| 35.99.01.2003 | Tegalsari | {rkp3} | {apb3} | {lpp3} | |
| | Jumlah | | | | |

## Strategi

| Indikator | Strategi | Waktu |
|---|---|---|
| 1 | Merekap hasil fasilitasi setiap seksi pada akhir bulan | {bulan} |
| 2 | Menyurati desa mengenai batas waktu penyampaian dokumen | {bulan} |

## Tindak Lanjut

| No | Uraian |
|---|---|
| 1 | Menyusun jadwal pendampingan desa untuk triwulan berikutnya |

## Kegiatan

| No | Kegiatan | Tanggal | Uraian | Foto |
|---|---|---|---|---|
| 1 | Bersih Desa Sidomukti | {kegiatan} | Warga bekerja bakti bersama perangkat desa. | foto-1.jpg |

## Narasi

| Bagian | Teks |
|---|---|
| Hambatan | Cuaca ekstrem menghambat perjalanan ke desa. |

## Skala

| Predikat | Batas Bawah | Untuk |
|---|---|---|
| A | 80 | nilai |
| B | 60 | nilai |

## Pengecualian

| Kode | Sel | Alasan |
|---|---|---|
"""  # noqa: E501 - the tables are as wide as they are
