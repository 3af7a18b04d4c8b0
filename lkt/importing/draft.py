"""What goes into the workbook: values read as its cells, each with its source, and what the user is told."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from lkt.areas import letters
from lkt.importing.recognition import FoundTable, Recognised
from lkt.importing.sources import OldFile
from lkt.indonesian import normalize, squeeze
from lkt.model import Cell, Precision, ProblemKind, Ref, Span
from lkt.workbook.cells import as_written
from lkt.workbook.declaration import DESA_DATE, IDENTITAS, KEYS, SHEET, TOTAL_LABELS, Column, Kind
from lkt.workbook.reader import Context, convert
from lkt.workbook.styles import Value
from lkt.xlsx import Percent, Raw

Ask = Callable[[str, Sequence[str]], int | None]
"""Asks which of several things is meant: the question and the answers; None where nobody answers."""

UNKNOWN, OPEN, DIFFERENT, CONCLUDED, LACKING = (
    "Belum dimengerti", "Perlu dipilih", "Berbeda", "Disimpulkan", "Masih kosong",
)  # fmt: skip
"""What a remark is about."""

_NOTHING = frozenset(("", "n/a", "na"))


@dataclass(frozen=True, slots=True)
class DraftCell:
    """A value for a cell.

    Attributes:
        value: the value.
        source: where it was found.
        written: how it was printed there; empty for what is concluded.
        why: how it was concluded; empty for what is printed.
    """

    value: Value
    source: str
    written: str = ""
    why: str = ""


Record = dict[str, DraftCell]
"""One row: heading -> its value."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to tell the user: what it is about, what it says, what is printed, and where."""

    about: str
    text: str
    written: str = ""
    source: str = ""


@dataclass
class Draft:
    """What the files say, as it will stand in the workbook.

    Attributes:
        files: the files with what was recognised in them.
        ask: answers what has two readings.
        identity: label of sheet Identitas -> its value.
        rows: sheet -> its rows; ``Jumlah`` and a sheet -> its row Jumlah.
        answers: heading and table -> which of two readings the user chose there.
        keyed: the rows of a sheet by what they are known by, where several tables speak of one.
        documents: the village documents whose dates were found.
        remarks: what the user is told.
    """

    files: Sequence[tuple[OldFile, Recognised]]
    ask: Ask
    identity: Record = field(default_factory=dict)
    rows: dict[str, list[Record]] = field(default_factory=lambda: {name: [] for name in SHEET})
    answers: dict[tuple[str, str], int | None] = field(default_factory=dict)
    keyed: dict[tuple[str, ...], Record] = field(default_factory=dict)
    documents: list[str] = field(default_factory=list)
    remarks: dict[Remark, None] = field(default_factory=dict)

    def tables(self, kind: str) -> Iterable[FoundTable]:
        """The tables of a kind, in the order of the files."""
        return (each for _, found in self.files for each in found.tables if each.kind.name == kind)

    def number(self, label: str) -> int | None:
        """The whole number that a line of sheet Identitas holds."""
        value = self.identity[label].value if label in self.identity else None
        return value if isinstance(value, int) else None

    def says(self, label: str) -> str:
        """The text that a line of sheet Identitas holds."""
        return str(self.identity[label].value) if label in self.identity else ""

    def tell(self, about: str, text: str, written: str = "", source: str = "") -> None:
        """Add a remark, once."""
        self.remarks[Remark(about, text, squeeze(written)[:200], source)] = None

    def total(self, sheet: str, source: str) -> Record:
        """The row Jumlah of a sheet."""
        rows = self.rows.setdefault(f"Jumlah {sheet}", [{}])
        rows[0].setdefault(SHEET[sheet].total_label, DraftCell(TOTAL_LABELS[0], source))
        return rows[0]

    def fill(  # noqa: PLR0913 - a cell and all that decides how it is read
        self, record: Record, at: tuple[str, str], raw: Raw | str, source: str, *,
        unit: str = "", day_first: bool = True, near: Fraction | None = None,
    ) -> None:  # fmt: skip
        """Read a value for a cell of a row, ``at`` a sheet and a heading; a second one that differs is told.

        ``near`` is what the cell should come to: of two readings the only one that is near it is taken.
        """
        column = column_of(*at)
        jenis = "predikat" if normalize(unit) == "predikat" else "nilai"
        context = Context(self.number("Tahun"), unit, jenis, day_first)
        entry = self._read(Raw(raw) if isinstance(raw, str) else raw, column, context, source, near)
        if entry is not None:
            self.put(record, at[1], entry, name_of(at[0], record))

    def put(self, record: Record, heading: str, entry: DraftCell, name: str) -> None:
        """Put a value into a row that has none there; a second one that differs is told."""
        known = record.setdefault(heading, entry)
        if known.written and entry.written and not is_same(known.value, entry.value):
            used, other = squeeze(known.written), squeeze(entry.written)
            text = f"{name}, {heading}: dipakai “{used}”, padahal tertulis juga “{other}”."
            self.tell(DIFFERENT, text, entry.written, entry.source)

    def _read(
        self, raw: Raw, column: Column, context: Context, source: str, near: Fraction | None
    ) -> DraftCell | None:
        """The value of a cell; what has two readings is asked, what has none is told."""
        written = as_written(raw)
        if normalize(written) in _NOTHING:
            return None
        cell, problem = convert(raw, Ref(""), column, context)
        if problem is None:
            value = _entered(cell, column, context)
            return None if value is None else DraftCell(value, source, written)
        if problem.kind is ProblemKind.TWO_READINGS:
            chosen = self._choose(column, written, problem.candidates, source, near)
            return (
                None if chosen is None else self._read(_without_doubt(chosen), column, context, source, None)
            )
        if column.kind in {Kind.DATE, Kind.PERIOD} or problem.kind is ProblemKind.OUT_OF_RANGE:
            return DraftCell(squeeze(written), source, written)
        text = f"{column.heading} tidak terbaca sebagai {column.kind.value}; dibiarkan kosong."
        self.tell(UNKNOWN, text, written, source)
        return None

    def _choose(
        self, column: Column, written: str, readings: Sequence[str], source: str, near: Fraction | None
    ) -> str | None:
        """One of two readings: that which fits, or that which the user chooses."""
        if any(file.is_own and source.startswith(f"{file.name}, ") for file, _ in self.files):
            return readings[-1]  # lkt prints a dot between thousands alone
        fitting = [each for each in readings if near and _is_near(each, near)]
        if len(fitting) == 1:
            text = f"{column.heading} “{written}” dibaca {fitting[0]}, sesuai dengan hitungannya."
            self.tell(CONCLUDED, text, written, source)
            return fitting[0]
        asked = column.heading, source.rpartition(", ")[0]
        if asked not in self.answers:
            question = f"{column.heading} “{written}” ({source}); jawaban berlaku bagi seluruh kolomnya"
            self.answers[asked] = self.ask(question, readings)
        chosen = self.answers[asked]
        if chosen is not None and chosen < len(readings):
            return readings[chosen]
        text = f"{column.heading} dapat berarti {' atau '.join(readings)}; dibiarkan kosong."
        self.tell(OPEN, text, written, source)
        return None


# Words and values ------------------------------------------------------------------------------------------


def column_of(sheet: str, heading: str) -> Column:
    """The column, or the line of sheet Identitas, of a heading; on sheet Desa any other is a document."""
    if sheet == IDENTITAS:
        return next(key.column for key in KEYS if key.label == heading)
    columns = {each.heading: each for each in SHEET[sheet].columns}
    return columns.get(heading, DESA_DATE) if sheet == "Desa" else columns[heading]


def name_of(sheet: str, record: Record) -> str:
    """What a row is called before the user."""
    label = {"Indikator": "No", "Anggaran": "Program", "Desa": "Desa"}.get(sheet, "")
    named = f" {record[label].value}" if label in record else ""
    return f"{sheet}{named}" if sheet != "Anggaran" else named.strip() or sheet


_AMOUNT = re.compile(
    r"(?P<figure>(?:rp\.?\s*)?\d[\d.,]*(?:,-)?\s*%?|[A-E]{1,2}[+-]?(?=\W|$))\s*(?P<unit>[^\d(]*?)\s*"
    r"(?:\((?P<more>.*)\))?",
    re.IGNORECASE | re.DOTALL,
)


def split_amount(text: str) -> tuple[str, str, str]:
    """A figure, the unit behind it, and what stands in brackets: 88 nilai, 74,35 (BB), 100% (100%)."""
    plain = squeeze(text).lstrip("●▲□▼■– ")
    found = _AMOUNT.fullmatch(plain)
    if found is None:
        return plain, "", ""
    figure = found["figure"].strip()
    return figure, "%" if figure.endswith("%") else found["unit"].strip(), found["more"] or ""


def bare_amount(raw: Raw) -> Raw:
    """A cell without the unit behind its figure and what stands in brackets."""
    return Raw(split_amount(raw.value)[0]) if isinstance(raw.value, str) else raw


def ratio(record: Record, above: str, below: str) -> Fraction | None:
    """What a percentage of a row should come to."""
    values = [record[heading].value if heading in record else None for heading in (above, below)]
    first, second = (each.points if isinstance(each, Percent) else each for each in values)
    if not isinstance(first, int | Decimal) or not isinstance(second, int | Decimal) or not second:
        return None
    return Fraction(first) / Fraction(second) * 100


def grows_worse(record: Record, actual: str, printed: str) -> bool:
    """Whether a capaian that is printed was worked out as (2 × Target − Realisasi) ÷ Target."""
    worked, shown = ratio(record, actual, "Target"), re.fullmatch(r"([\d.]+(?:,\d+)?)\s*%?", printed)
    if worked is None or shown is None or worked == 100:
        return False
    points = _figure(shown[1])
    return abs(200 - worked - points) <= Fraction(1, 100) < abs(worked - points)


def _figure(printed: str) -> Fraction:
    """A figure with dots between thousands and a decimal comma, with or without its %."""
    return Fraction(printed.rstrip("%").replace(".", "").replace(",", "."))


def is_same(first: Value, second: Value) -> bool:
    """Two values that say the same, whatever their letters and their decimals."""
    if isinstance(first, Percent) and isinstance(second, Percent):
        return first.points == second.points
    if isinstance(first, str) and isinstance(second, str):
        return letters(first) == letters(second)
    return first == second


_TOTAL = re.compile(r"(?:grand |sub)?\s*(?:jumlah|jml|total)\b")


def is_total(text: str) -> bool:
    """Whether a row Jumlah is called so."""
    return bool(_TOTAL.match(normalize(text)))


def _is_near(candidate: str, value: Fraction) -> bool:
    return abs(_figure(candidate) - value) <= max(value / 4, Fraction(1))


def _without_doubt(reading: str) -> Raw:
    """A cell that can only be read so: without dots between thousands, and a number where it is one."""
    plain = reading.replace(".", "")
    number = plain.replace(",", ".")
    return (
        Raw(float(number))
        if re.fullmatch(r"-?\d+(\.\d+)?", number)
        else Raw(plain if "%" in plain else reading)
    )


def _entered(cell: Cell[object], column: Column, context: Context) -> Value:
    """A value as the user would type it into its column."""
    measured = column.kind is Kind.MEASURE and normalize(context.unit) in {"%", "persen"}
    match cell.value:
        case Decimal() as figure if measured or column.kind is Kind.PERCENT:
            return Percent(figure, cell.decimals or 0)
        case Decimal() as figure:
            return int(figure) if figure == figure.to_integral_value() else figure
        case Span() as span:
            return span.start if span.precision is Precision.DAY else squeeze(cell.written)
        case str() as text:
            return text
    return None
