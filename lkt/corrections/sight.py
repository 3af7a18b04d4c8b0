"""What formulas see: a text such as "85" is no number to them, whatever the reader makes of it.

The live formulas repeat the arithmetic of ``lkt.indicators`` as far as a spreadsheet can. The functions
here say for the content of a workbook at hand whether a formula will show the figure that was computed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from lkt.bahasa import MONTHS, normalize
from lkt.corrections.correction import Correction
from lkt.figures import Figure, HasilAnggaran, HasilDokumen, HasilIndikator, Unit, unit_of
from lkt.model import Anggaran, Cell, Indikator, Level, Ref, Skala, Span
from lkt.pipeline import Result
from lkt.rules.common import covers, is_stray

_MONTHS = {**{month: number for number, month in enumerate(MONTHS, 1)}, "Pebruari": 2, "Nopember": 11}
_WILD = frozenset("*?~")
_NEARLY = Fraction(1, 10**6)


@dataclass(slots=True)
class Sight:
    """The cells of a workbook after its inputs were corrected, as a formula sees them.

    Attributes:
        result: the workbook as read.
        made: the corrections of its inputs.
        restored: the cells that have been given their formula back.
    """

    result: Result
    made: Mapping[Ref, Correction]
    restored: set[Ref] = field(default_factory=set)

    def number(self, cell: Cell[Any]) -> Decimal | None:
        """The number in a cell; None where there is none, or only a text that looks like one."""
        typed = cell.text and cell.ref not in self.made
        return cell.value if isinstance(cell.value, Decimal) and not typed else None

    def day(self, cell: Cell[Any]) -> date | None:
        """The real date in a cell; of a date that shows only its month the first day."""
        made = self.made.get(cell.ref)
        if made is not None:
            return made.value if isinstance(made.value, date) else None
        return cell.value.start if isinstance(cell.value, Span) and not cell.text else None

    def text(self, cell: Cell[Any]) -> str:
        """The text in a cell; a formula does not tell small letters from capitals."""
        made = self.made.get(cell.ref)
        return (cell.written if made is None else made.new).casefold()

    def says(self, cell: Cell[Any]) -> bool:
        """A formula sees the same word in a cell as the reader."""
        return isinstance(cell.value, str) and self.text(cell) == cell.value.casefold()

    def shows(self, cell: Cell[Any], figure: Figure) -> bool:
        """A cell shows its computed figure, by a formula or as it was typed."""
        if cell.ref in self.restored:
            return True
        seen = self.number(cell)
        return seen is not None and figure.value is not None and abs(Fraction(seen) - figure.value) < _NEARLY

    def _agrees(self, cell: Cell[Any], figure: Figure | None) -> bool:
        return cell.blank or (figure is not None and self.shows(cell, figure))

    # Sheet Anggaran

    def absorption(self, row: Anggaran) -> bool:
        """Realisasi ÷ Pagu of a row."""
        return self.number(row.pagu) is not None and self.number(row.realisasi) is not None

    def total(self, column: str) -> bool:
        """The sum of a column over the rows that the dots of their code make programmes."""
        return all(self._adds(row, getattr(row, column)) for row in self.result.dataset.anggaran)

    def weighted(self, row: Anggaran, budget: HasilAnggaran) -> bool:
        """Realisasi ÷ Pagu of the row Jumlah, where that is the average which is meant there.

        The standard workbook has no formula for the other one, the mean of the programmes.
        """
        typed, decimals = row.capaian.value, row.capaian.decimals
        meant = {
            figure.value
            for figure in (budget.tertimbang, budget.rerata_sederhana)
            if typed is not None and figure.value is not None and covers(typed, decimals, figure.value)
        }
        chosen = self.result.dataset.identitas.rerata_anggaran.value == "tertimbang"
        shown = self.shows(row.pagu, budget.pagu) and self.shows(row.realisasi, budget.realisasi)
        return shown and (chosen or meant == {budget.tertimbang.value})

    def _adds(self, row: Anggaran, cell: Cell[Decimal]) -> bool:
        taken = self.text(row.kode).count(".") <= 2
        if cell.broken or row.kode.broken or taken != (row.level is Level.PROGRAM):
            return False
        return not taken or cell.blank or self.number(cell) is not None

    # Sheet Desa

    def on_time(self, hasil: HasilDokumen, place: int) -> bool:
        """The desa that were on time with the document of a place."""
        end, due = self._end(), self.day(hasil.dokumen.batas_waktu)
        if end is None or due is None or hasil.tidak_terbaca:
            return False
        days = [self.day(desa.tanggal[place]) for desa in self.result.dataset.desa]
        return hasil.jumlah.value == sum(day is not None and day <= min(due, end) for day in days)

    # Sheet Indikator

    def realisasi(self, hasil: HasilIndikator) -> bool:
        """Realisasi of a kind that is computed, where no typed Pembilang or Penyebut contradicts it."""
        row = hasil.baris
        agreed = self._agrees(row.pembilang, hasil.pembilang) and self._agrees(row.penyebut, hasil.penyebut)
        if not agreed or not self.says(row.jenis):
            return False
        if row.jenis.value == "dokumen desa":
            return self._documents()
        if hasil.sifat is None or not hasil.sifat.formula:
            return False
        counted = not hasil.counted or (row.jenis.value == "fasilitasi" and self._log(hasil))
        return counted and all(self.number(getattr(row, field)) is not None for field in hasil.sifat.needs)

    def capaian(self, hasil: HasilIndikator) -> bool:
        """Capaian against the target that Dasar Capaian names."""
        row, identitas = hasil.baris, self.result.dataset.identitas
        words = self.says(row.arah) and self.says(row.jenis)
        basis = row.target_triwulan if identitas.dasar_capaian.value == "triwulan" else row.target
        named = self.says(identitas.dasar_capaian) or identitas.dasar_capaian.value == "tahun"
        if hasil.computed:
            reached = self.shows(row.realisasi, hasil.realisasi)
        else:
            reached = self._measure(row.realisasi, row)
        return words and named and self._below_cap(hasil) and reached and self._measure(basis, row)

    def _below_cap(self, hasil: HasilIndikator) -> bool:
        """A cap that may be written as text, which a formula does not see, makes no difference."""
        cap = self.result.dataset.identitas.batas_capaian
        if cap.value in {None, "tanpa"} or cap.ref in self.made:
            return cap.value is not None
        return hasil.capaian.value is not None and hasil.capaian.value < Fraction(cap.value or 0)

    def _measure(self, cell: Cell[Any], row: Indikator) -> bool:
        """A target or a typed value; of a percentage up to 1% a formula may not know that it is one."""
        if isinstance(cell.value, str):
            return self._grade(cell)
        value = self.number(cell)
        in_percent = unit_of(row.satuan.value or "") is Unit.PERCENT
        same_unit = in_percent == (self.text(row.satuan) in {"%", "persen"})
        return value is not None and same_unit and (not in_percent or value == 0 or value > 1)

    def _grade(self, cell: Cell[str]) -> bool:
        """A letter is found on sheet Skala where the program finds it."""
        scale = self.result.dataset.skala
        mine = _first(
            scale,
            lambda grade: (
                grade.of_nilai and normalize(grade.predikat.value or "") == normalize(cell.value or "")
            ),
        )
        theirs = _first(scale, lambda grade: self.text(grade.predikat) == self.text(cell))
        found = mine is not None and mine is theirs and self.number(mine.batas_bawah) is not None
        return found and not _WILD & set(self.text(cell))

    def _documents(self) -> bool:
        """The counts of all documents, over the desa times the documents."""
        data, documents = self.result.dataset, self.result.computed.dokumen
        if data.jumlah_desa is None or any(hasil.tidak_terbaca for hasil in documents):
            return False
        names = [*(row.desa for row in data.desa), *(row.dokumen for row in data.dokumen)]
        counts = zip(data.jumlah_desa.tepat_waktu, documents, strict=False)
        return all(self.shows(cell, hasil.jumlah) for cell, hasil in counts) and all(
            name.value is not None for name in names
        )

    def _log(self, hasil: HasilIndikator) -> bool:
        """The rows of the log that count, every one of them decided."""
        rows = [row for row in self.result.dataset.fasilitasi if not is_stray(row)]
        decided = all(
            row.ditindaklanjuti.value == "Tidak" or (row.ditindaklanjuti.value and row.tanggal.value)
            for row in rows
        )
        followed_up = (row for row in rows if self.text(row.ditindaklanjuti) == "ya")
        counted = sum(self._in_period(row.tanggal) for row in followed_up)
        return decided and hasil.pembilang is not None and hasil.pembilang.value == counted

    def _in_period(self, cell: Cell[Span]) -> bool:
        """A real date in the period, or a text that ends with a month of it."""
        end, day = self._end(), self.day(cell)
        if end is None:
            return False
        if day is not None:
            return end.replace(month=1, day=1) <= day <= end
        text = self.text(cell)
        return any(
            text.endswith((month.casefold(), f"{month.casefold()} {end.year}"))
            for month, number in _MONTHS.items()
            if number <= end.month
        )

    def _end(self) -> date | None:
        """The last day of the quarter, where year and quarter are numbers."""
        identitas, periode = self.result.dataset.identitas, self.result.computed.periode
        known = None not in {self.number(identitas.tahun), self.number(identitas.triwulan)}
        return periode.triwulan.akhir if known and periode else None


def _first(scale: tuple[Skala, ...], matches: Callable[[Skala], bool]) -> Skala | None:
    return next((grade for grade in scale if matches(grade)), None)
