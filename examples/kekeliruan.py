"""What is wrong in some of the made-up workbooks, each mistake with the findings that it causes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from openpyxl.utils import column_index_from_string

from lkt.workbook.declaration import IDENTITAS, KEYS, SHEET
from lkt.workbook.styles import Value
from lkt.xlsx import Percent

Sheets = dict[str, list[dict[str, Value]]]

_PLACE = re.compile(r"(?P<sheet>[^!]+)!(?P<column>[A-Z])(?P<row>\d+)")


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake.

    Attributes:
        place: the cell in which it stands; for a tab that was renamed, its sheet.
        value: what stands there; a blank cell is None.
        found: the findings, each a code and its first place: ``A104 Anggaran!G8``.
        why: what is wrong.
    """

    place: str
    value: Value
    found: tuple[str, ...]
    why: str

    @property
    def on_file(self) -> bool:
        """It is a heading or a tab, which only the finished file has."""
        cell = _PLACE.fullmatch(self.place)
        return cell is None or cell["row"] == "1"

    def make(self, sheets: Sheets) -> None:
        """Type it into the contents of a workbook."""
        cell = _PLACE.fullmatch(self.place)
        assert cell
        row = _row(sheets, cell["sheet"], int(cell["row"]))
        row[_heading(sheets, cell["sheet"], cell["column"])] = self.value


def _row(sheets: Sheets, name: str, number: int) -> dict[str, Value]:
    """The row of a cell; the one below the last is the row Jumlah."""
    rows = sheets[name]
    if name == IDENTITAS:
        return next(row for row in rows if row["Isian"] == KEYS[number - 2].label)
    if number - 2 == len(rows):
        rows.append({SHEET[name].total_label: "Jumlah"})
    return rows[number - 2]


def _heading(sheets: Sheets, name: str, letter: str) -> str:
    if name == IDENTITAS:
        return "Nilai"
    headings = [column.heading for column in SHEET[name].columns]
    if name == "Desa":
        headings[-1:-1] = [str(row["Dokumen"]) for row in sheets["Dokumen"]]
    return headings[column_index_from_string(letter) - 1]


MISTAKES: Mapping[str, tuple[Mistake, ...]] = {
    "Candipuro": (
        Mistake("Anggaran!G7", 2096330000, ("A104 Anggaran!G7",), "A typed total, two digits swapped"),
        Mistake("Anggaran!D4", "Presentase lembaga yang dibina", ("N101 Anggaran!D4",), "Misspelled"),
        Mistake("Anggaran!L6", None, ("A101 Anggaran!G6",), "Nothing says why pagu is less than the PK"),
    ),
    "Tempeh": (
        Mistake("Desa!E7", "29 Februari 2023", ("B204 Desa!E7",), "That day does not exist"),
        Mistake("Fasilitasi!C29", "03/04/2024", ("B205 Fasilitasi!C29",), "3 April or 4 March"),
        Mistake("Anggaran!H5", 101635980, ("A102 Anggaran!H5",), "A zero too many: more than pagu"),
    ),
    "Rowokangkung": (
        Mistake("Indikator!N2", Percent(Decimal(45)), ("K103 Indikator!N2",), "Typed over the formula"),
        Mistake("Indikator!J2", 31, ("K104 Indikator!J2",), "Counts the rows not followed up as well"),
    ),
    "Padang": (
        Mistake("Strategi", "Strategis", ("B101 Strategis",), "The tab was renamed: the sheet is missing"),
        Mistake(
            "Fasilitasi!B9",
            "Asistensi penatausahaan keuangan di Desa Padang",
            ("F105 Fasilitasi!B8",),
            "The row above once more, on the same day",
        ),
    ),
    "Jatiroto": (
        Mistake("Fasilitasi!D1", "Lampiran", ("B102 Fasilitasi",), "Another heading: the column is missing"),
        Mistake("Desa!A4", "35.08.16.2003", ("D107 Desa!A4",), "A code of another kecamatan"),
        Mistake(
            "Identitas!B11", "Camat Randuagung", ("I106 Identitas!B11",), "The post in another kecamatan"
        ),
    ),
    "Klakah": (
        Mistake(
            "Identitas!B7",
            2,
            (
                "A118 Anggaran!H2",
                "A121 Anggaran!O3",
                "A121 Anggaran!O4",
                "I102 Identitas!B8",
                "I113 Identitas!B7",
                "L108 Strategi!C2",
                "L112 Tindak Lanjut!B2",
            ),
            "The wrong triwulan: signed before its end, with spending and strategies of triwulan I",
        ),
    ),
    "Ranuyoso": (
        Mistake("Identitas!B8", date(2024, 4, 16), ("I103 Identitas!B8",), "Later than 5 April 2024"),
        Mistake("Fasilitasi!C6", "Januari 2024", ("F102 Fasilitasi!C6",), "A month is no day"),
        Mistake("Strategi!B2", "Menyusun jadwal kordinasi seksi", ("N101 Strategi!B2",), "Misspelled"),
    ),
}
"""Kecamatan -> what is wrong in its workbook; in that of Ranuyoso nothing that stops a report."""
