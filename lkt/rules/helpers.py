"""What several families of rules need: names of rows, words, days, and derived cells beside their figures.

Nothing here is a rule, and nothing here repeats the arithmetic of ``lkt.indicators``.
"""

import difflib
import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar

from lkt.calendar import Triwulan, holiday_name, is_working_day
from lkt.figures import Case, Figure, IndikatorResult, ProgramResult, Unit, is_amended, printed_value
from lkt.findings import Finding
from lkt.indonesian import format_weekday, join_and, normalize
from lkt.model import (
    Anggaran,
    Cell,
    Dataset,
    Desa,
    Dokumen,
    Fasilitasi,
    Gambar,
    GambarProblem,
    Indikator,
    Kegiatan,
    Precision,
    Ref,
    Row,
    Span,
)

T = TypeVar("T")

# Columns that several rules depend on ---------------------------------------------------------------------


PERIOD = "identitas.tahun identitas.triwulan identitas.batas_hari_kerja"
"""The columns that the quarter reported on depends on."""

AMENDED = f"{PERIOD} identitas.tanggal_pk_perubahan"
"""The columns that say whether an amended Perjanjian Kinerja is in force."""

STEPS = " ".join(f"indikator.target_tw{number}" for number in range(1, 5))
AGREED = f"{AMENDED} indikator.target indikator.target_perubahan indikator.target_triwulan {STEPS}"
"""The columns that the targets in force depend on."""

LOG = "fasilitasi.tanggal fasilitasi.ditindaklanjuti"
DATES = "desa.tanggal dokumen.batas_waktu"
COUNTED = f"{PERIOD} {LOG} {DATES} indikator.jenis"
"""The columns that a Pembilang counted from another sheet depends on."""

REALISASI = f"{COUNTED} indikator.pembilang indikator.penyebut indikator.realisasi"
MEASURED = (
    f"{REALISASI} {AGREED} indikator.arah "
    "skala.predikat skala.batas_bawah skala.untuk identitas.batas_capaian"
)
CAPAIAN = f"{MEASURED} identitas.dasar_capaian"
SERAPAN = "anggaran.realisasi anggaran.pagu"
PLANNED = "tindak_lanjut.asal tindak_lanjut.status"
"""The columns that tell the plan of this report from those before."""

PLANS = f"tindak_lanjut.uraian {PLANNED}"
TOTALS = "jumlah_anggaran.anggaran_pk jumlah_anggaran.pagu jumlah_anggaran.realisasi"
COMPUTED = (
    f"{CAPAIAN} {SERAPAN} {TOTALS} "
    "indikator.capaian anggaran.capaian jumlah_anggaran.capaian jumlah_desa.tepat_waktu"
)
"""The columns that what is computed depends on, and the cells that show it."""


def tell(
    message: str, first: Cell[Any] | Ref, *others: Cell[Any] | Ref, written: str | None = None, **more: Any
) -> Finding:
    """A finding about cells, the one to correct first; ``written`` is what stands there if not given.

    ``more`` are the other attributes of ``Finding``: expected, difference, hint, severity.
    """
    if written is None:
        written = first.written if isinstance(first, Cell) else ""
    refs = dict.fromkeys(each.ref if isinstance(each, Cell) else each for each in (first, *others))
    return Finding(tuple(refs), message, written, **more)


# Names and words ------------------------------------------------------------------------------------------


_WORD = re.compile(r"[^\W_]+")
NEARBY = 30
"""A row is compared with so many rows before and after it, more than an office has programmes or indicators.

So the time grows with the rows, not with their pairs.
"""


def quote(text: str, width: int = 60) -> str:
    """A text in quotation marks, on one line and not too long."""
    line = " ".join(text.split())
    if len(line) > width:
        end = line.rfind(" ", 0, width - 1)  # there is room for " …"
        line = f"{line[:end]} …" if end > 0 else "…"
    return f"“{line}”"


def capital(text: str) -> str:
    """The text with its first letter as a capital, for the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def label(row: Row) -> str:
    """A row by the name that the operator knows it by."""
    name: str | None = None
    match row:
        case Indikator():
            name = _numbered("indikator", row.no, row.indikator)
        case Fasilitasi():
            name = _numbered("fasilitasi nomor", row.no, row.jenis_fasilitasi)
        case Anggaran(program=Cell(value=str(program))):
            marks = ", ".join(filter(None, (row.kode.value, row.unit.value)))
            name = f"{program} ({marks})" if marks else program
        case Desa(desa=Cell(value=str(desa))):
            kind = row.sebutan
            name = desa if normalize(desa).startswith(f"{normalize(kind)} ") else f"{kind} {desa}"
        case Dokumen():
            name = row.dokumen.value
        case Kegiatan(kegiatan=Cell(value=str(activity))):
            name = f"kegiatan {quote(activity)}"
    return name or f"baris {row.row}"


def _numbered(word: str, number: Cell[Decimal], text: Cell[str]) -> str | None:
    if number.value is None:
        return f"{word.partition(' ')[0]} {quote(text.value)}" if text.value else None
    name = f"{word} {number.value:f}"
    return f"{name} ({quote(text.value)})" if text.value else name


def listing(names: Sequence[str], most: int = 4) -> str:
    """The names in a sentence; of many only the first, and how many more."""
    if len(names) <= most:
        return join_and(names)
    return join_and([*names[: most - 1], f"{len(names) - most + 1} lainnya"])


def alternatives(items: Sequence[str]) -> str:
    """The items with "atau": A; A atau B; A, B, atau C."""
    return " atau ".join(items) if len(items) <= 2 else f"{', '.join(items[:-1])}, atau {items[-1]}"


def words(text: str) -> tuple[str, ...]:
    """The words of a text in small letters, without punctuation."""
    return tuple(_WORD.findall(text.casefold()))


def alike(first: str, second: str, least: float) -> bool:
    """Whether two texts are at least so alike, 0 to 1 by ``difflib``, without regard to case and spaces."""
    one, other = normalize(first), normalize(second)
    return one == other or bool(difflib.get_close_matches(other, [one], 1, least))


_NAME_BEHIND = r"\b(?:%s|%s) ((?!Desa\b)[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?)"


def desa_named(text: str, kind: str) -> list[str]:
    """The names that stand behind the word for a desa in a text; a second word may not belong to one."""
    return re.findall(_NAME_BEHIND % (re.escape(kind), re.escape(kind.lower())), text)


# Rows and cells -------------------------------------------------------------------------------------------


def all_rows(dataset: Dataset) -> Iterator[Row]:
    """Every row of every sheet, rows Jumlah left out."""
    for part in fields(dataset):
        rows = getattr(dataset, part.name)
        yield from (row for row in rows if isinstance(row, Row)) if isinstance(rows, tuple) else ()


def program_rows(programs: Iterable[ProgramResult]) -> Iterator[ProgramResult]:
    """Every budget row that belongs to a programme, the programme first."""
    for program in programs:
        yield program
        yield from program_rows(program.rincian)


def field_name(name: str) -> str:
    """The name in the model of a sheet, a heading or a key: Pangkat/Golongan is pangkat_golongan."""
    return re.sub(r"\W+", "_", name.casefold())


def has_column(cell: Cell[Any]) -> bool:
    """The column of the cell is there; without it the cell points at the sheet alone."""
    return bool(cell.ref.cell)


def sheet_ref(dataset: Dataset, name: str) -> Ref:
    """A sheet as a whole, by the name that it has in the file."""
    return Ref(dataset.sheets.get(name, name))


def is_stray(row: Fasilitasi) -> bool:
    """Whether the only filled cell is not Jenis Fasilitasi, so that it belongs to another row."""
    if not row.jenis_fasilitasi.blank:
        return False
    return sum(not cell.blank for name, cell in row.cells() if name != "no") == 1


def grouped(items: Iterable[T], key: Callable[[T], Hashable]) -> Iterator[list[T]]:
    """The items with the same key together, in the order in which the keys first appear."""
    groups: dict[Hashable, list[T]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    yield from groups.values()


def repeated(items: Iterable[T], key: Callable[[T], Hashable]) -> Iterator[list[T]]:
    """The groups of two or more items with the same key; an item whose key is None stands alone."""
    marked = (item for item in items if key(item) is not None)
    return (group for group in grouped(marked, key) if len(group) > 1)


# Days -----------------------------------------------------------------------------------------------------


def quarter(case: Case) -> Triwulan | None:
    """The quarter reported on; None where it cannot be read, which silences what depends on it."""
    return case.computed.periode.triwulan if case.computed.periode else None


def signed(case: Case) -> date | None:
    """The day of the signature; None where it is blank, unreadable or no single day."""
    return day_of(case.dataset.identitas.tanggal_laporan)


def day_of(cell: Cell[Span]) -> date | None:
    """The day in a date cell; None where there is no single day."""
    return cell.value.end if cell.value and cell.value.precision is Precision.DAY else None


def free_day(day: date) -> str | None:
    """Why a day is no working day: the name of the holiday or of the day of the weekend; else None."""
    return holiday_name(day) or (None if is_working_day(day) else f"hari {format_weekday(day)}")


# Cells that the program computes itself, beside their figures ---------------------------------------------


def covers(value: Decimal, decimals: int | None, exact: Fraction) -> bool:
    """Whether a figure that shows so many decimals can stand for the exact value: 30% for 29,5 to 30,5."""
    places = max(0, -int(value.as_tuple().exponent)) if decimals is None else decimals
    return 2 * abs(Fraction(value) - exact) <= Fraction(1, 10**places)


@dataclass(frozen=True, slots=True)
class DerivedCell:
    """A cell whose figure the program computes itself.

    Attributes:
        cell: the cell.
        what: what stands there.
        row: the row that it is said of; None where ``what`` says everything.
        figure: what was computed.
        possible: the values that the cell may show. More than one where a date cannot be read, so that the
            figure is not certain; none where nothing can be said.
    """

    cell: Cell[Any]
    what: str
    row: Row | None
    figure: Figure
    possible: tuple[Fraction, ...]

    @property
    def name(self) -> str:
        """What stands there, with the name of its row."""
        return self.what if self.row is None else f"{self.what} {label(self.row)}"

    @property
    def written(self) -> Decimal | None:
        """The readable figure in the cell."""
        value = self.cell.value
        return value if isinstance(value, Decimal) else None

    @property
    def shown(self) -> str:
        """What stands in the cell, money as money is printed."""
        money = self.written if self.figure.unit is Unit.RUPIAH else None
        return self.cell.written if money is None else printed_value(money, Unit.RUPIAH)

    @property
    def typed(self) -> bool:
        """A readable figure stands in the cell, and no formula made it."""
        return self.written is not None and not self.cell.formula

    @property
    def meant(self) -> Fraction | None:
        """The possible value that the written figure stands for; None where there is none."""
        value, places = self.written, self.cell.decimals
        if value is None:
            return None
        return next((exact for exact in self.possible if covers(value, places, exact)), None)

    @property
    def differs(self) -> bool:
        """The cell shows a figure that it cannot have."""
        return bool(self.possible) and self.written is not None and self.meant is None


def mismatch(item: DerivedCell, message: str, places: int = 2) -> Finding:
    """The finding for a cell that differs from its figure; ``message`` is followed by the difference."""
    exact, unit = item.possible[0], item.figure.unit
    gap = printed_value(
        abs(exact - Fraction(item.written or 0)), Unit.POINTS if unit is Unit.PERCENT else unit, places
    )
    return tell(
        f"{message}, selisih {gap}.", item.cell, expected=printed_value(exact, unit, places), difference=gap
    )


def unlike_figure(case: Case, item: DerivedCell) -> Finding:
    """The finding for a percentage that was typed and differs: what it should be, and from which figures."""
    places = max(2, case.dataset.identitas.decimals)
    right = printed_value(item.possible[0], item.figure.unit, places)
    names, values = ([getattr(part, of) for part in item.figure.inputs] for of in ("name", "printed"))
    division = item.figure.formula == f"{' ÷ '.join(names)} × 100"
    worked_out = f"{' ÷ '.join(values)} × 100" if division else item.figure.formula
    message = f"{capital(item.name)} tertulis {item.cell.written}, hitungannya {right} ({worked_out})"
    return mismatch(item, message, places)


def known(figure: Figure | None) -> tuple[Fraction, ...]:
    """The value of a figure as the only possible one; nothing where it has none."""
    return () if figure is None or figure.value is None else (figure.value,)


def unread_rows(case: Case) -> dict[str | None, int]:
    """Jenis -> how many rows of the log, or dates of desa, cannot be read and may or may not count."""
    log = [
        row
        for row in case.dataset.fasilitasi
        if row.ditindaklanjuti.value != "Tidak" and (row.tanggal.broken or row.ditindaklanjuti.broken)
    ]
    dates = [desa for result in case.computed.dokumen for desa in result.tidak_terbaca]
    return {"fasilitasi": len(log), "dokumen desa": len(dates)}


def _counts(figure: Figure | None, unread: int) -> tuple[Fraction, ...]:
    """The values that a count may have: what was counted, and so many more."""
    return tuple(count + extra for count in known(figure) for extra in range(unread + 1))


def _possible_realisasi(result: IndikatorResult, unread: int) -> tuple[Fraction, ...]:
    if not unread or result.penyebut is None or not result.penyebut.value:
        return known(result.realisasi)
    return tuple(count / result.penyebut.value * 100 for count in _counts(result.pembilang, unread))


def _possible_capaian(case: Case, result: IndikatorResult, unread: int) -> tuple[Fraction, ...]:
    """Where something cannot be read, capaian follows realisasi in the plain case; else nothing is said."""
    if not unread:
        return known(result.capaian)
    plain = result.row.arah.value == "naik" and case.dataset.identitas.batas_capaian.value == "tanpa"
    if not plain or not result.realisasi.value or result.capaian.value is None:
        return ()
    share = result.capaian.value / result.realisasi.value
    return tuple(value * share for value in _possible_realisasi(result, unread))


def pembilang_cells(case: Case) -> Iterator[tuple[IndikatorResult, DerivedCell]]:
    """Pembilang of the indicators that are counted from another sheet."""
    unread = unread_rows(case)
    for result in case.computed.indikator:
        if result.counted and result.pembilang is not None:
            row = result.row
            possible = _counts(result.pembilang, unread.get(row.jenis.value, 0))
            yield result, DerivedCell(row.pembilang, "Pembilang", row, result.pembilang, possible)


def realisasi_cells(case: Case) -> Iterator[DerivedCell]:
    """Realisasi of the indicators of a computed kind."""
    unread = unread_rows(case)
    for result in case.computed.indikator:
        if result.computed:
            row = result.row
            possible = _possible_realisasi(result, unread.get(row.jenis.value, 0))
            yield DerivedCell(row.realisasi, "Realisasi", row, result.realisasi, possible)


def capaian_cells(case: Case) -> Iterator[DerivedCell]:
    """Capaian of every indicator."""
    unread = unread_rows(case)
    for result in case.computed.indikator:
        row = result.row
        possible = _possible_capaian(case, result, unread.get(row.jenis.value, 0))
        yield DerivedCell(row.capaian, "Capaian", row, result.capaian, possible)


def serapan_cells(case: Case) -> Iterator[DerivedCell]:
    """Capaian of every budget row; in the row Jumlah either of the two averages is right."""
    for result in program_rows(case.computed.program):
        budget = result.row
        yield DerivedCell(budget.capaian, "Capaian", budget, result.serapan, known(result.serapan))
    row, total = case.dataset.jumlah_anggaran, case.computed.anggaran
    if row and total:
        possible = (*known(total.rerata), *known(total.tertimbang), *known(total.rerata_sederhana))
        yield DerivedCell(row.capaian, "Capaian pada baris Jumlah", None, total.rerata, possible)


def total_cells(case: Case) -> Iterator[DerivedCell]:
    """The amounts of the row Jumlah of sheet Anggaran."""
    row, total = case.dataset.jumlah_anggaran, case.computed.anggaran
    if row and total:
        amended = is_amended(case.dataset, case.computed.periode)
        signed = None if amended else total.anggaran_pk  # the column holds what the first agreement said
        for name, cell, figure in (
            ("Anggaran PK", row.anggaran_pk, signed),
            ("Pagu", row.pagu, total.pagu),
            ("Realisasi", row.realisasi, total.realisasi),
        ):
            if figure is not None:
                yield DerivedCell(cell, f"Jumlah {name}", None, figure, known(figure))


def on_time_cells(case: Case) -> Iterator[DerivedCell]:
    """The counts of the row Jumlah of sheet Desa."""
    row = case.dataset.jumlah_desa
    for cell, result in zip(row.tepat_waktu if row else (), case.computed.dokumen, strict=False):
        possible = _counts(result.jumlah, len(result.tidak_terbaca))
        yield DerivedCell(cell, f"Jumlah {result.dokumen.dokumen}", None, result.jumlah, possible)


def computed_cells(case: Case) -> Iterator[DerivedCell]:
    """Every cell that holds a live formula in the standard workbook."""
    for cells in (realisasi_cells, capaian_cells, serapan_cells, total_cells, on_time_cells):
        yield from cells(case)


def computed_refs(case: Case) -> frozenset[Ref]:
    """The cells whose figures are computed here, so that nothing depends on what they show."""
    dataset = case.dataset
    indicators = [each for each in case.computed.indikator if each.computed or each.kind is None]
    cells: list[Cell[Any]] = [each.row.realisasi for each in indicators]
    cells.extend(indikator.capaian for indikator in dataset.indikator)
    cells.extend(anggaran.capaian for anggaran in dataset.anggaran)
    if dataset.jumlah_anggaran:
        cells.extend(cell for _, cell in dataset.jumlah_anggaran.cells())
    if dataset.jumlah_desa:
        cells.extend(dataset.jumlah_desa.tepat_waktu)
    return frozenset(cell.ref for cell in cells)


# A picture that cannot be printed, be it a photo or the logo ----------------------------------------------


NOT_FOUND = frozenset({GambarProblem.MISSING, GambarProblem.OUTSIDE, GambarProblem.LOOP})
"""The problems of a name; the others are those of a picture."""

_COMPLAINTS = {
    GambarProblem.MISSING: "tidak ada di folder buku kerja",
    GambarProblem.OUTSIDE: "berada di luar folder buku kerja dan tidak dibaca",
    GambarProblem.LOOP: "adalah tautan yang berputar-putar dan tidak sampai ke berkas apa pun",
    GambarProblem.LOST: "hilang dari buku kerja, biasanya karena disimpan dengan program lain",
    GambarProblem.NOT_A_PICTURE: "bukan gambar",
    GambarProblem.DAMAGED: "rusak atau terpotong",
    GambarProblem.TOO_LARGE: "terlalu besar ukurannya untuk dibuka dengan aman",
}
_REPAIRS = {
    GambarProblem.OUTSIDE: "Salin berkasnya ke folder buku kerja, lalu tulis nama berkasnya saja.",
    GambarProblem.LOOP: "Hapus tautan itu, lalu salin fotonya sendiri ke folder buku kerja.",
    GambarProblem.LOST: "Tempelkan lagi gambarnya pada selnya, atau tulis nama berkasnya.",
    GambarProblem.NOT_A_PICTURE: "Tulis nama berkas gambar berformat JPG atau PNG, misalnya foto-1.jpg.",
    GambarProblem.DAMAGED: "Salin ulang dari kamera atau pengirimnya, lalu pasang lagi di buku kerja.",
    GambarProblem.TOO_LARGE: "Perkecil dengan aplikasi foto, misalnya menjadi 4000 × 3000 piksel.",
}


def complaint(gambar: Gambar) -> str:
    """What is wrong with a picture, to follow its name in a sentence; with its full stop."""
    if gambar.masalah is None:
        return ""
    if gambar.masalah is GambarProblem.UNPRINTABLE:
        return f"berformat {gambar.format}, yang tidak dapat dicetak."
    meant = f" Maksud Anda {alternatives([f'“{name}”' for name in gambar.saran])}?" if gambar.saran else ""
    return f"{_COMPLAINTS[gambar.masalah]}.{meant}"


def repair(gambar: Gambar) -> str:
    """What to do about it; empty where the rule's own repair says it."""
    if gambar.masalah is None:
        return ""
    if gambar.masalah is not GambarProblem.UNPRINTABLE:
        return _REPAIRS.get(gambar.masalah, "")
    if gambar.format != "HEIC":
        return "Simpan gambarnya sebagai JPG atau PNG."
    return (
        "Buka fotonya lalu simpan atau ekspor sebagai JPG. Agar iPhone langsung memakai JPG: "
        "Pengaturan > Kamera > Format > Paling Kompatibel."
    )
