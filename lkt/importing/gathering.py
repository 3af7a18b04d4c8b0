"""From what was recognised to the rows of a workbook: each value read as a cell of it, with its source."""

import difflib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from lkt.areas import letters
from lkt.importing.prose import Fact, document_rules, explanations, identity_facts, item_text, listed_items
from lkt.importing.recognition import FoundTable, Recognised
from lkt.importing.sources import OldFile, TableLine
from lkt.importing.table_kinds import (
    ANGGARAN,
    FORMULASI,
    PERHITUNGAN,
    SASARAN_INDIKATOR,
    TANGGAL,
    TEPAT_WAKTU,
)
from lkt.indonesian import MONTHS, bare_item, normalize, squeeze
from lkt.model import Precision, ProblemKind, Ref, Span
from lkt.workbook.cells import as_written, date_order_evidence
from lkt.workbook.declaration import DESA_DATE, KEYS, SHEET, TOTAL_LABELS, Column, Kind
from lkt.workbook.new import PROGRAMS
from lkt.workbook.reader import Context, convert
from lkt.workbook.styles import Value
from lkt.xlsx import Percent, Raw

Ask = Callable[[str, Sequence[str]], int | None]
"""Asks which of several things is meant: the question and the answers; None where nobody answers."""


@dataclass(frozen=True, slots=True)
class Entry:
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


Record = dict[str, Entry]
"""One row: heading -> its value."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to tell the user.

    Attributes:
        about: in a word or two what it is about: one of the kinds below.
        text: what it says.
        source: where it was found.
        written: what is printed there.
    """

    about: str
    text: str
    source: str = ""
    written: str = ""


UNKNOWN, OPEN, DIFFERENT, CONCLUDED, LACKING = (
    "Belum dimengerti", "Perlu dipilih", "Berbeda", "Disimpulkan", "Masih kosong",
)  # fmt: skip


@dataclass
class Draft:
    """What goes into the workbook.

    Attributes:
        identity: label of sheet Identitas -> its value.
        rows: sheet -> its rows; of a row Jumlah the last, with its word under the heading of its label.
        documents: the village documents whose dates were found.
        remarks: what the user is told.
    """

    identity: Record = field(default_factory=dict)
    rows: dict[str, list[Record]] = field(default_factory=dict)
    documents: list[str] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def tell(self, about: str, text: str, source: str = "", written: str = "") -> None:
        """Add a remark, once."""
        remark = Remark(about, text, source, squeeze(written)[:200])
        if remark not in self.remarks:
            self.remarks.append(remark)


def gather(files: Sequence[tuple[OldFile, Recognised]], ask: Ask) -> Draft:
    """All that the files say."""
    gatherer = _Gatherer(files, ask)
    gatherer.run()
    return gatherer.draft


# Values ----------------------------------------------------------------------------------------------------

_AMOUNT = re.compile(
    r"(?P<figure>(?:rp\.?\s*)?\d[\d.,]*(?:,-)?\s*%?|[A-E]{1,2}[+-]?(?=\W|$))\s*(?P<unit>[^\d(]*?)\s*(?:\((?P<more>.*)\))?",
    re.IGNORECASE | re.DOTALL,
)


def split_amount(text: str) -> tuple[str, str, str]:
    """A figure, the unit behind it, and what stands in brackets: 88 nilai, 74,35 (BB), 100% (100%)."""
    found = _AMOUNT.fullmatch(squeeze(text))
    if found is None:
        return squeeze(text), "", ""
    figure, unit = found["figure"].strip(), found["unit"].strip()
    if figure.endswith("%"):
        return figure, "%", found["more"] or ""
    return figure, unit, found["more"] or ""


def _entered(value: Any, column: Column, decimals: int | None, context: Context, raw: Raw) -> Value:
    """A value as the user would type it into its column."""
    percent = column.kind is Kind.PERCENT or (
        column.kind is Kind.MEASURE and normalize(context.unit) in {"%", "persen"}
    )
    match value:
        case Decimal() if percent:
            return Percent(value, decimals or 0)
        case Decimal() if value == value.to_integral_value():
            return int(value)
        case Span():
            return value.start if value.precision is Precision.DAY else squeeze(as_written(raw))
        case tuple():
            return "; ".join(map(str, value))
    return value


class _Gatherer:
    """Goes through what was recognised, the kinds one after the other.

    Args:
        files: the files with what was recognised in them.
        ask: answers what has two readings.
    """

    def __init__(self, files: Sequence[tuple[OldFile, Recognised]], ask: Ask) -> None:
        self.files, self._ask = files, ask
        self.draft = Draft()
        self._year: int | None = None
        self._quarter: int | None = None
        self._texts = [each for _, recognised in files for each in recognised.texts]
        self._tables = [table for _, recognised in files for table in recognised.tables]

    def run(self) -> None:
        """Fill the draft."""
        self._identity()
        for sheet in SHEET:
            self.draft.rows[sheet] = []
        for name in ("perjanjian kinerja", "capaian kinerja"):
            self._indicators(name)
        self._formulas()
        self._programs()
        self._log()
        self._villages()
        self._documents()
        self._strategies()
        self._plain("tindak lanjut", "Tindak Lanjut")
        self._plain("tugas dan fungsi", "Tugas Fungsi")
        self._activities()
        self._lists()
        self._explanations()
        self._kinds_of_indicators()
        for _, recognised in self.files:
            for unknown in recognised.unknown:
                self.draft.tell(
                    UNKNOWN, "Tabel ini tidak dikenali; isinya tidak diambil.", unknown.source, unknown.text
                )

    def _of(self, name: str) -> list[FoundTable]:
        return [table for table in self._tables if table.kind.name == name]

    # One cell

    def _read(
        self, raw: Raw, column: Column, context: Context, source: str, near: Fraction | None = None
    ) -> Entry | None:
        """The value of a cell; what has two readings is asked, what has none is told.

        ``near`` is what the cell should come to: of two readings the only one that is near it is taken.
        """
        written = as_written(raw)
        if not squeeze(written):
            return None
        cell, problem = convert(raw, Ref(""), column, context)
        if problem is None:
            if cell.value is None:
                return None
            return Entry(_entered(cell.value, column, cell.decimals, context, raw), source, written)
        if problem.kind is ProblemKind.TWO_READINGS:
            if near and len(fitting := [each for each in problem.candidates if _is_near(each, near)]) == 1:
                text = f"{column.heading} “{written}” dibaca {fitting[0]}, sebab sesuai dengan realisasi dan targetnya."
                self.draft.tell(CONCLUDED, text, source, written)
                return self._read(Raw(fitting[0]), column, context, source)
            chosen = self._ask(f"{column.heading} “{written}” ({source})", problem.candidates)
            if chosen is not None:
                return self._read(Raw(problem.candidates[chosen]), column, context, source)
            text = f"{column.heading} dapat berarti {' atau '.join(problem.candidates)}; dibiarkan kosong."
            self.draft.tell(OPEN, text, source, written)
            return None
        dated = column.kind in {Kind.DATE, Kind.PERIOD}
        if dated or problem.kind is ProblemKind.OUT_OF_RANGE:
            return Entry(squeeze(written), source, written)
        self.draft.tell(
            UNKNOWN,
            f"{column.heading} tidak terbaca sebagai {column.kind.value}; dibiarkan kosong.",
            source,
            written,
        )
        return None

    def _context(self, unit: str = "", jenis: str = "", *, day_first: bool = True) -> Context:
        return Context(self._year, unit, jenis, day_first)

    def _put(self, record: Record, heading: str, entry: Entry | None, name: str) -> None:
        """Put a value into a row; a second one that says something else is told."""
        if entry is None:
            return
        known = record.setdefault(heading, entry)
        if known is not entry and not _same(known.value, entry.value):
            text = f"{name}, {heading}: dipakai “{squeeze(known.written)}”, padahal tertulis juga “{squeeze(entry.written)}”."
            self.draft.tell(DIFFERENT, text, entry.source, entry.written)

    # Sheet Identitas

    def _identity(self) -> None:
        cells = [
            (squeeze(text), table.source(line))
            for table in self._tables for line in table.lines for text in line.texts if text
        ]  # fmt: skip
        facts: dict[str, Fact] = {}
        for file, recognised in self.files:
            own = [cell for cell in cells if cell[1].startswith(f"{file.name}, ")]
            found = identity_facts(recognised.texts, own)
            found |= {label: Fact(value, file.name) for label, value in file.facts.items()}
            for label, fact in found.items():
                known = facts.setdefault(label, fact)
                if known.value != fact.value:
                    self.draft.tell(
                        DIFFERENT,
                        f"{label}: dipakai “{known.value}” ({known.source}).",
                        fact.source,
                        fact.value,
                    )
        columns = {key.label: key.column for key in KEYS}
        for label in ("Tahun", "Triwulan", *facts):
            if label in facts and label not in self.draft.identity:
                fact = facts[label]
                entry = self._read(Raw(fact.value), columns[label], Context(self._year), fact.source)
                if entry is not None:
                    self.draft.identity[label] = entry
                if label == "Tahun" and entry is not None and isinstance(entry.value, int):
                    self._year = entry.value
                if label == "Triwulan" and entry is not None and isinstance(entry.value, int):
                    self._quarter = entry.value

    # Sheet Indikator

    def _indicators(self, name: str) -> None:
        for table in self._of(name):
            for line in table.lines:
                indicator, sasaran = table.text(line, "Indikator"), table.text(line, "Sasaran")
                if SASARAN_INDIKATOR in table.roles.values():
                    sasaran, _, indicator = table.text(line, SASARAN_INDIKATOR).partition("\n")
                    sasaran = sasaran.rstrip(" :")
                if not squeeze(indicator) or _is_total(indicator) or len(set(filter(None, line.texts))) < 2:
                    continue
                self._indicator_row(table, line, squeeze(indicator), squeeze(sasaran))

    def _indicator_row(self, table: FoundTable, line: TableLine, indicator: str, sasaran: str) -> None:
        record, source = self._indicator(indicator, table.source(line)), table.source(line)
        name = f"Indikator {record['No'].value}"
        if sasaran:
            self._put(record, "Sasaran", Entry(sasaran, source, sasaran), name)
        unit = self._unit(table, line, record)
        targets = [role for role in dict.fromkeys(table.roles.values()) if role.startswith("Target")]
        for role in (*targets, "Realisasi", "Capaian"):
            raw = table.value(line, role)
            text = as_written(raw)
            figure, _, more = split_amount(text)
            shown = Raw(figure) if isinstance(raw.value, str) else raw
            if role in {"Target", "Capaian"} and more and "(" in table_heading(table, role):
                self._measure(
                    record, "Target Triwulan" if role == "Target" else "", Raw(more), unit, source, name
                )
            if role == "Capaian" and more and self._says("Dasar Capaian") == "triwulan":
                shown = Raw(more)
            self._measure(record, role, shown, unit, source, name)
        if self._quarter:
            quarter = f"Target TW {('I', 'II', 'III', 'IV')[self._quarter - 1]}"
            if quarter in record and "Target Triwulan" not in record:
                record["Target Triwulan"] = replace(record[quarter], why="target triwulan laporan")
        for role in ("Keterangan", "Sumber Data", "Penanggung Jawab"):
            lines = [text for text in table.text(line, role).split("\n") if not re.match("[●▲□▼■]", text)]
            if text := squeeze(" ".join(lines)):
                self._put(record, role, Entry(text, source, text), name)

    def _measure(self, record: Record, heading: str, raw: Raw, unit: str, source: str, name: str) -> None:
        """A figure of an indicator, with a letter where it is a grade."""
        column = next((each for each in SHEET["Indikator"].columns if each.heading == heading), None)
        if column is None:
            return
        jenis = "predikat" if normalize(unit) == "predikat" else "nilai"
        near = _ratio(record, "Realisasi", "Target") if heading == "Capaian" else None
        self._put(record, heading, self._read(raw, column, self._context(unit, jenis), source, near), name)

    def _says(self, label: str) -> str:
        entry = self.draft.identity.get(label)
        return "" if entry is None else str(entry.value)

    def _unit(self, table: FoundTable, line: TableLine, record: Record) -> str:
        """Satuan of a row: what its column says, what stands behind the target, what the name begins with."""
        source = table.source(line)
        if "Satuan" not in record:
            stated = squeeze(table.text(line, "Satuan"))
            raw = table.value(line, "Target")
            figure, unit, _ = split_amount(as_written(raw))
            percent = "%" in raw.number_format or "%" in table_heading(table, "Target")
            if stated:
                record["Satuan"] = Entry(stated, source, stated)
            elif unit or percent:
                record["Satuan"] = Entry(unit or "%", source, as_written(raw))
            elif re.fullmatch("[A-D]{1,2}|[A-D][+-]", figure):
                record["Satuan"] = Entry("predikat", source, why="targetnya huruf")
            elif figure:
                first = normalize(str(record["Indikator"].value)).split(" ")[0]
                known = {"persentase": "%", "presentase": "%", "indeks": "indeks", "nilai": "nilai"}.get(
                    first
                )
                if known:
                    record["Satuan"] = Entry(known, source, why="menurut nama indikatornya")
        return str(record["Satuan"].value) if "Satuan" in record else ""

    def _indicator(self, name: str, source: str) -> Record:
        """The row of an indicator, a new one where none has that name."""
        found = self._indicator_of(name)
        if found is not None:
            return found
        rows = self.draft.rows["Indikator"]
        number = len(rows) + 1
        rows.append({"No": Entry(number, source), "Indikator": Entry(name, source, name)})
        return rows[-1]

    def _indicator_of(self, name: str) -> Record | None:
        wanted = letters(name)
        names = {letters(str(row["Indikator"].value)): row for row in self.draft.rows["Indikator"]}
        if wanted in names:
            return names[wanted]
        near = difflib.get_close_matches(wanted, names, n=1, cutoff=0.85)
        return names[near[0]] if near else None

    def _formulas(self) -> None:
        for table in self._of("kotak rumus"):
            if not table.roles:
                self._labelled_box(table)
                continue
            parts: dict[str, list[TableLine]] = {}
            for line in table.lines:
                parts.setdefault(letters(table.text(line, "Indikator")), []).append(line)
            for lines in parts.values():
                self._headed_box(table, lines)

    def _headed_box(self, table: FoundTable, lines: Sequence[TableLine]) -> None:
        """A box with one row for the numerator and one for the denominator."""
        record = self._indicator_of(squeeze(table.text(lines[0], "Indikator")))
        if record is None:
            self.draft.tell(
                UNKNOWN,
                "Kotak rumus ini bukan milik indikator yang dikenal.",
                table.source(lines[0]),
                table.text(lines[0], "Indikator"),
            )
            return
        name = f"Indikator {record['No'].value}"
        sasaran = squeeze(table.text(lines[0], "Sasaran"))
        if sasaran and "Sasaran" in record:
            self._put(record, "Sasaran", Entry(sasaran, table.source(lines[0]), sasaran), name)
        seen: list[str] = []
        place = table.columns(PERHITUNGAN)[0]
        for line in lines:
            text = squeeze(table.text(line, FORMULASI))
            if not text or text in seen or len(seen) == 2:
                continue
            part = "Penyebut" if seen else "Pembilang"
            seen.append(text)
            source = table.source(line)
            self._put(record, f"Uraian {part}", Entry(text, source, text), name)
            self._count(record, part, line.cells[place], source, name)
        for raw in dict.fromkeys(lines[0].cells[place + 1 :]):
            unit = str(record["Satuan"].value) if "Satuan" in record else ""
            if squeeze(as_written(raw)):
                self._measure(record, "Realisasi", raw, unit, table.source(lines[0]), name)

    def _labelled_box(self, table: FoundTable) -> None:
        """A box whose rows say Formulasi and Realisasi: A ÷ B × 100%, 19 ÷ 63 × 100% = 30,16%."""
        named = next((found for text in reversed(table.before) if (found := self._named_in(text))), None)
        if named is None:
            return
        name = f"Indikator {named['No'].value}"
        for line in table.lines:
            label, text, source = normalize(line.texts[0]), line.texts[1], table.source(line)
            pieces = re.split(r"\s*[÷:/]\s+|\s+[÷:/]\s*", text.replace("\n", " "), maxsplit=1)
            if len(pieces) < 2:
                continue
            below = re.split(r"\s*[×x]\s*100", pieces[1], maxsplit=1)[0].strip(" )")
            for part, piece in (("Pembilang", pieces[0].strip(" (")), ("Penyebut", below)):
                if label.startswith(("formula", "rumus")):
                    self._put(named, f"Uraian {part}", Entry(squeeze(piece), source, piece), name)
                elif label.startswith(("realisasi", "perhitungan")):
                    self._count(named, part, Raw(piece), source, name)
            if "2 ×" in text and label == "capaian":
                named["Arah"] = Entry("turun", source, text)

    def _count(self, record: Record, heading: str, raw: Raw, source: str, name: str) -> None:
        column = SHEET["Indikator"].column(heading.lower())
        self._put(record, heading, self._read(raw, column, self._context(), source), name)

    def _named_in(self, text: str) -> Record | None:
        """The indicator that a text names: by its whole name, or by Indikator and its number."""
        plain = letters(text)
        for row in self.draft.rows["Indikator"]:
            if letters(str(row["Indikator"].value)) in plain:
                return row
        if found := re.search(r"\bindikator(?: kinerja)?\s+(\d{1,3})\b", text, re.IGNORECASE):
            numbers = {row["No"].value: row for row in self.draft.rows["Indikator"]}
            return numbers.get(int(found[1]))
        return None

    def _explanations(self) -> None:
        def number(text: str) -> int | None:
            row = self._named_in(text)
            return None if row is None else self.draft.rows["Indikator"].index(row)

        for file, _ in self.files:
            for index, facts in explanations(file, number).items():
                record = self.draft.rows["Indikator"][index]
                if facts and "Penjelasan" not in record:
                    text = "\n".join(fact.value for fact in facts)
                    record["Penjelasan"] = Entry(text, facts[0].source, text)

    def _kinds_of_indicators(self) -> None:
        """Arah and Jenis, which no report says."""
        for record in self.draft.rows["Indikator"]:
            name, source = normalize(str(record["Indikator"].value)), record["Indikator"].source
            jenis, why = "nilai", "tidak ada pembilang dan penyebutnya"
            if normalize(str(record["Satuan"].value if "Satuan" in record else "")) == "predikat":
                jenis, why = "predikat", "targetnya huruf"
            elif re.search(r"tepat waktu", name) and re.search(r"dokumen|rkp|apb|lpp", name):
                jenis, why = "dokumen desa", "namanya menyebut dokumen yang tepat waktu"
            elif (
                re.search(r"fasilitasi|koordinasi", name)
                and "tindaklanjut" in letters(name)
                and self.draft.rows["Fasilitasi"]
            ):
                jenis, why = "fasilitasi", "namanya menyebut fasilitasi yang ditindaklanjuti"
            elif "Pembilang" in record and "Penyebut" in record:
                jenis, why = "rasio", "ada pembilang dan penyebutnya"
            record["Jenis"] = Entry(jenis, source, why=why)
            if "Arah" not in record:
                down = re.search(r"makin rendah", normalize(self._text_about(record)))
                record["Arah"] = Entry(
                    "turun" if down else "naik",
                    source,
                    why="laporan menyebut makin rendah makin baik"
                    if down
                    else "laporan tidak menyebut arah lain",
                )
            number = record["No"].value
            self.draft.tell(
                CONCLUDED,
                f"Indikator {number}: Jenis {jenis} ({why}), Arah {record['Arah'].value}. Periksa.",
                source,
            )

    def _text_about(self, record: Record) -> str:
        name = letters(str(record["Indikator"].value))
        following = False
        for block, _ in self._texts:
            if block.is_heading:
                following = name in letters(block.text)
            elif following and "makin rendah realisasi" in normalize(block.text):
                return block.text
        return ""

    # Sheet Anggaran

    def _programs(self) -> None:
        for table in self._of("program dan anggaran"):
            roles = self._amounts(table)
            support: Entry | None = None
            for line in table.lines:
                name = squeeze(table.text(line, "Program"))
                code = _code(table, line)
                source = table.source(line)
                if len(set(filter(None, line.texts))) < 2 or re.match(
                    r"rata\s*[-–]?\s*rata", normalize(name)
                ):
                    continue
                label = name or next((squeeze(text) for text in line.texts if _is_total(text)), "")
                if _is_total(label) and not code:
                    self._program_total(table, line, roles, label)
                    continue
                if not name:
                    continue
                indicator = self._indicator_of(squeeze(table.text(line, "Indikator Program")))
                amounts = any(squeeze(as_written(line.cells[place])) for place in roles)
                if not amounts and (indicator is not None or re.match(r"sasaran\b", normalize(name))):
                    if indicator is not None and not (support and normalize(name) == support.written):
                        why = "sasaran di atasnya pada tabel biaya"
                        support = Entry(indicator["No"].value, source, normalize(name), why)
                        self._put(
                            indicator,
                            "Sasaran",
                            Entry(
                                re.sub(r"^sasaran \d+\s*:\s*", "", name, flags=re.IGNORECASE), source, name
                            ),
                            f"Indikator {indicator['No'].value}",
                        )
                    continue
                self._program_row(table, line, roles, name, code, support)

    def _amounts(self, table: FoundTable) -> dict[int, str]:
        """Place -> heading of the columns with amounts; whether Anggaran is of PK or DPA may be asked."""
        roles = {
            place: role for place, role in table.roles.items() if role in {"Anggaran PK", "Pagu", "Realisasi"}
        }
        for place in table.columns(ANGGARAN):
            if "Pagu" not in roles.values() and "Realisasi" in roles.values():
                roles[place] = "Pagu"
            elif "Pagu" in roles.values() or any(
                "perjanjian kinerja" in normalize(text) for text in table.before
            ):
                roles[place] = "Anggaran PK"
            else:
                answers = ("Anggaran PK", "Pagu")
                question = f"Kolom “{table.headings[place].strip('| ')}” ({table.file}, {table.place}) adalah"
                chosen = self._ask(question, answers)
                if chosen is not None:
                    roles[place] = answers[chosen]
                else:
                    text = "Kolom ini dapat berarti Anggaran PK atau Pagu; dibiarkan kosong."
                    self.draft.tell(
                        OPEN, text, f"{table.file}, {table.place}", table.headings[place].strip("| ")
                    )
        return roles

    def _program_row(
        self,
        table: FoundTable,
        line: TableLine,
        roles: Mapping[int, str],
        name: str,
        code: str,
        support: Entry | None,
    ) -> None:
        source = table.source(line)
        if re.fullmatch(r"[1-9](\.\d{2})?", code) or code.startswith("5."):
            return  # the office as a whole, and kinds of expenditure
        record = self._program(name, code, source)
        label = str(record["Program"].value)
        for place, heading in roles.items():
            self._program_cell(record, heading, line.cells[place], self._context(), source, label)
        near = _ratio(record, "Realisasi", "Pagu")
        self._program_cell(
            record, "Capaian", table.value(line, "Capaian"), self._context(), source, label, near
        )
        target = as_written(table.value(line, "Target"))
        unit = split_amount(target)[1] or squeeze(table.text(line, "Satuan"))
        if unit and unit != "%":
            self._put(record, "Satuan", Entry(unit, source, target), label)
        for role in ("Target", "Realisasi Kinerja"):
            raw = table.value(line, role)
            shown = Raw(split_amount(raw.value)[0]) if isinstance(raw.value, str) else raw
            self._program_cell(record, role, shown, self._context(unit or "%"), source, label)
        for role in ("Indikator Program", "Sumber Dana", "Keterangan", "Unit"):
            text = squeeze(table.text(line, role))
            heading = (
                "Sumber Dana"
                if role == "Keterangan" and re.fullmatch(r"(?:APB[DN]|DAU|DAK|PAD|DBH|BK|DID)\b.{0,20}", text)
                else role
            )
            if text and any(column.heading == heading for column in SHEET["Anggaran"].columns):
                self._put(record, heading, Entry(text, source, text), label)
        if support is not None and len(code.split(".")) <= 3:
            self._put(record, "Indikator", support, label)

    def _program_cell(  # noqa: PLR0913 - a cell and all that decides how it is read
        self,
        record: Record,
        heading: str,
        raw: Raw,
        context: Context,
        source: str,
        label: str,
        near: Fraction | None = None,
    ) -> None:
        column = next(each for each in SHEET["Anggaran"].columns if each.heading == heading)
        self._put(record, heading, self._read(raw, column, context, source, near), label)

    def _program(self, name: str, code: str, source: str) -> Record:
        """The row of a programme, kegiatan or sub kegiatan; its code by the official list where none is printed."""
        rows = self.draft.rows["Anggaran"]
        known = {program_key(title): number for number, title in PROGRAMS}
        near = difflib.get_close_matches(program_key(name), known, n=1, cutoff=0.9)
        entry = Entry(code, source, code) if code else None
        if entry is None and near:
            entry = Entry(known[near[0]], source, why="menurut nama program pada Permendagri 90 Tahun 2019")
        for row in rows:
            same_code = entry is not None and "Kode" in row and row["Kode"].value == entry.value
            if same_code or (not code and program_key(str(row["Program"].value)) == program_key(name)):
                return row
        record: Record = {"Program": Entry(name, source, name)}
        if entry is not None:
            record = {"Kode": entry, **record}
        rows.append(record)
        return record

    def _program_total(self, table: FoundTable, line: TableLine, roles: Mapping[int, str], name: str) -> None:
        if re.search(r"sasaran|program \d", normalize(name)):
            return
        total = self._total("Anggaran", table.source(line))
        for place, heading in roles.items():
            column = next(each for each in SHEET["Anggaran"].columns if each.heading == heading)
            self._put(
                total,
                heading,
                self._read(line.cells[place], column, self._context(), table.source(line)),
                "Jumlah Anggaran",
            )

    def _total(self, sheet: str, source: str) -> Record:
        """The row Jumlah of a sheet, which stays the last."""
        key = f"Jumlah {sheet}"
        record = self.draft.rows.setdefault(key, [{}])[0]
        record.setdefault(SHEET[sheet].total_label, Entry(TOTAL_LABELS[0], source))
        return record

    # The other sheets

    def _log(self) -> None:
        columns = [each for each in SHEET["Fasilitasi"].columns if each.heading != "Ditindaklanjuti"]
        for table in self._of("fasilitasi dan koordinasi"):
            for line in table.lines:
                if _is_total(table.text(line, "Jenis Fasilitasi")) or len(set(filter(None, line.texts))) == 0:
                    continue
                record = self._record(table, line, columns)
                stated = normalize(table.text(line, "Ditindaklanjuti"))
                if not record:
                    continue
                if stated:
                    value = "Tidak" if re.search(r"belum|tidak", stated) else "Ya"
                    record["Ditindaklanjuti"] = Entry(value, table.source(line), stated)
                elif "Jenis Fasilitasi" in record:
                    why = "daftar ini memuat yang dihitung sebagai hasil"
                    record["Ditindaklanjuti"] = Entry("Ya", table.source(line), why=why)
                self.draft.rows["Fasilitasi"].append(record)
        if any(
            "Ditindaklanjuti" in row and row["Ditindaklanjuti"].why for row in self.draft.rows["Fasilitasi"]
        ):
            self.draft.tell(
                CONCLUDED,
                "Fasilitasi: Ditindaklanjuti diisi Ya, sebab daftarnya memuat yang dihitung sebagai hasil. Periksa.",
            )

    def _record(self, table: FoundTable, line: TableLine, columns: Iterable[Column]) -> Record:
        """The cells of a row as their columns say."""
        record: Record = {}
        for column in columns:
            places = table.columns(column.heading)
            if not places:
                continue
            raw = line.cells[places[0]]
            if column.kind is Kind.TEXT:
                raw = Raw(squeeze(as_written(raw)) or None)
            elif column.kind is Kind.WHOLE and isinstance(raw.value, str):
                raw = Raw(raw.value.strip(" .)"))
            first = date_order_evidence(each.cells[places[0]] for each in table.lines)
            entry = self._read(raw, column, self._context(day_first=first), table.source(line))
            if entry is not None:
                record[column.heading] = entry
        return record

    def _villages(self) -> None:
        for table in self._of("dokumen desa"):
            dates = {place: self._document(table, place) for place in table.columns(TANGGAL)}
            if not any(dates.values()):
                continue
            columns = [
                each for each in SHEET["Desa"].columns if each.heading in {"Kode", "Desa", "Keterangan"}
            ]
            for line in table.lines:
                name = squeeze(table.text(line, "Desa"))
                if _is_total(name) or (not name and any(map(_is_total, line.texts))):
                    self._village_total(table, line, dates)
                elif name:
                    self._village_row(table, line, dates, columns)

    def _village_row(
        self, table: FoundTable, line: TableLine, dates: Mapping[int, str], columns: Sequence[Column]
    ) -> None:
        record = self._record(table, line, columns)
        if "Desa" not in record:
            return
        rows = self.draft.rows["Desa"]
        same = letters(str(record["Desa"].value))
        known = next((row for row in rows if letters(str(row["Desa"].value)) == same), None)
        if known is None:
            rows.append(known := record)
        else:
            for heading, entry in record.items():
                self._put(known, heading, entry, f"Desa {known['Desa'].value}")
        for place, document in dates.items():
            first = date_order_evidence(each.cells[place] for each in table.lines)
            column = replace(DESA_DATE, heading=document)
            if document:
                entry = self._read(
                    line.cells[place], column, self._context(day_first=first), table.source(line)
                )
                self._put(known, document, entry, f"Desa {known['Desa'].value}")

    def _village_total(self, table: FoundTable, line: TableLine, dates: Mapping[int, str]) -> None:
        places = [*table.columns(TEPAT_WAKTU), *dates]
        figures = [found[0] for place in places if (found := re.match(r"\d+", line.texts[place]))]
        documents = list(filter(None, dates.values()))
        if figures and len(documents) == 1:
            total = self._total("Desa", table.source(line))
            self._put(
                total, documents[0], Entry(int(figures[0]), table.source(line), figures[0]), "Jumlah desa"
            )

    def _document(self, table: FoundTable, place: int) -> str:
        """Which village document a column of dates is of: by its heading, the caption, the text before it."""
        heading = table.headings[place].strip("| ")
        found = next(
            (names for text in (heading, *reversed(table.before)) if (names := _documents_in(text))), []
        )
        if len(found) == 1:
            name = found[0]
        else:
            answers = found or ["RKPDesa", "APBDesa", "LPPDesa"]
            chosen = self._ask(f"Kolom “{heading}” ({table.file}, {table.place}) adalah tanggal", answers)
            if chosen is None:
                text = f"Tanggal ini dapat berarti tanggal {' atau '.join(answers)}; dibiarkan kosong."
                self.draft.tell(OPEN, text, f"{table.file}, {table.place}", heading)
                return ""
            name = answers[chosen]
        if name not in self.draft.documents:
            self.draft.documents.append(name)
        return name

    def _documents(self) -> None:
        for texts, source in document_rules(self._texts):
            record: Record = {}
            for column in SHEET["Dokumen"].columns:
                if text := texts.get(column.heading):
                    entry = self._read(Raw(text), column, self._context(), source)
                    if entry is not None:
                        record[column.heading] = entry
            self.draft.rows["Dokumen"].append(record)

    def _strategies(self) -> None:
        for table in self._of("strategi"):
            for line in table.lines:
                indicator = self._indicator_of(squeeze(table.text(line, "Indikator")))
                pieces = [piece for piece in table.text(line, "Strategi").split("\n") if squeeze(piece)]
                source, rows = table.source(line), self.draft.rows["Strategi"]
                if not squeeze(table.text(line, "Indikator")) and rows and pieces:
                    last = rows[-1]
                    if bare_item(squeeze(pieces[0])) == squeeze(pieces[0]):
                        text = f"{last['Strategi'].value} {squeeze(pieces.pop(0))}"
                        last["Strategi"] = replace(last["Strategi"], value=text, written=text)
                    shared = {heading: last[heading] for heading in ("Indikator", "Waktu") if heading in last}
                elif indicator is None:
                    if pieces:
                        self.draft.tell(
                            UNKNOWN,
                            "Strategi ini bukan milik indikator yang dikenal.",
                            source,
                            table.text(line, "Indikator"),
                        )
                    continue
                else:
                    shared = {
                        "Indikator": Entry(
                            indicator["No"].value, source, squeeze(table.text(line, "Indikator"))
                        )
                    }
                    if when := squeeze(table.text(line, "Waktu")):
                        shared["Waktu"] = Entry(when, source, when)
                for piece in pieces:
                    text = item_text(squeeze(piece))
                    rows.append({**shared, "Strategi": Entry(text, source, piece)})

    def _plain(self, kind: str, sheet: str) -> None:
        for table in self._of(kind):
            for line in table.lines:
                record = self._record(table, line, SHEET[sheet].columns)
                if "Uraian" in record:
                    self.draft.rows[sheet].append(record)

    def _activities(self) -> None:
        days = rf"\d{{1,2}}(?:\s*(?:s\.?/?d\.?|-|–|sampai(?: dengan)?)\s*\d{{1,2}}(?:\s+\w+)?)?\s+(?:{'|'.join(MONTHS)}|Pebruari|Nopember)\s+\d{{4}}"
        pattern = re.compile(
            rf"(?P<name>.*?)[\s,(]*(?:\bpada\s+)?(?:\btanggal\s+)?(?P<days>{days})[\s,.)]*(?P<rest>.*)",
            re.IGNORECASE | re.DOTALL,
        )
        for table in self._of("dokumentasi kegiatan"):
            for line in table.lines:
                record = self._record(table, line, SHEET["Kegiatan"].columns)
                self.draft.tell(LACKING, "Foto kegiatan tidak ikut: tempelkan pada lembar Kegiatan.")
                text, source = table.text(line, "Kegiatan"), table.source(line)
                record.pop("Foto", None)
                if "Kegiatan" not in record or _is_total(text):
                    continue
                if "Tanggal" not in record and (found := pattern.fullmatch(text)):
                    column = SHEET["Kegiatan"].column("tanggal")
                    entry = self._read(Raw(squeeze(found["days"])), column, self._context(), source)
                    pieces = {"Kegiatan": squeeze(found["name"]), "Uraian": squeeze(found["rest"])}
                    record |= {
                        heading: Entry(piece, source, piece) for heading, piece in pieces.items() if piece
                    }
                    if entry is not None:
                        record["Tanggal"] = entry
                self.draft.rows["Kegiatan"].append(record)

    def _lists(self) -> None:
        for name, facts in listed_items(self._texts).items():
            if name in SHEET:
                if not self.draft.rows[name]:
                    self.draft.rows[name] = [
                        {
                            "No": Entry(number, fact.source),
                            "Uraian": Entry(fact.value, fact.source, fact.value),
                        }
                        for number, fact in enumerate(facts, 1)
                    ]
            else:
                self.draft.rows["Narasi"] += [
                    {"Bagian": Entry(name, fact.source), "Teks": Entry(fact.value, fact.source, fact.value)}
                    for fact in facts
                ]


# Words -----------------------------------------------------------------------------------------------------

_TOTAL = re.compile(r"(?:grand |sub)?\s*(?:jumlah|jml|total)\b")
_DOCUMENT = re.compile(
    r"\b(RKP|APB|LPP|LKPP)\s?(Desa|Des|Kampung|Kam|Kalurahan|Kal|Nagari|Gampong|Pekon|D\b)", re.IGNORECASE
)


def _is_total(text: str) -> bool:
    return bool(_TOTAL.match(normalize(text)))


def _documents_in(text: str) -> list[str]:
    """The village documents that a text names, as the workbook names them."""
    found = []
    for match in _DOCUMENT.finditer(text):
        kind = {"des": "Desa", "d": "Desa", "kam": " Kampung", "kal": " Kalurahan", "desa": "Desa"}
        tail = kind.get(match[2].casefold(), f" {match[2].capitalize()}")
        found.append(f"{match[1].upper()}{tail}")
    return list(dict.fromkeys(found))


def program_key(name: str) -> str:
    """The letters of the name of a programme without its kind."""
    return letters(re.sub(r"^\s*(?:program|kegiatan|sub ?kegiatan)\b", "", name, flags=re.IGNORECASE))


def table_heading(table: FoundTable, role: str) -> str:
    """The heading of the first column of a role."""
    return next((table.headings[place] for place in table.columns(role)), "")


_CODE = re.compile(r"(?:\d{1,2}|X{1,2})(?:[.\s]\d{1,4})*")


def _code(table: FoundTable, line: TableLine) -> str:
    """The code of nomenclature of a row, in one cell or divided over several: 7 | 01 | 02."""
    columns = table.columns("Kode")
    if not columns:
        found = re.match(r"(\d(?:\.\d{2,4}|\.\d)+)\s", squeeze(table.text(line, "Program")))
        return found[1] if found else ""
    heading = table.headings[columns[0]]
    places = [place for place, text in enumerate(table.headings) if text == heading]
    pieces = [squeeze(line.texts[place]) for place in places]
    written = (
        ".".join(piece for piece in dict.fromkeys(pieces) if piece)
        if len(set(pieces)) == 1
        else ".".join(filter(None, pieces))
    )
    written = re.sub(r"[\s.]+", ".", written).strip(".")
    return written if _CODE.fullmatch(written) else ""


def _ratio(record: Record, above: str, below: str) -> Fraction | None:
    """What a percentage of a row should come to."""
    values = [record[heading].value if heading in record else None for heading in (above, below)]
    figures = [each.points if isinstance(each, Percent) else each for each in values]
    if not all(isinstance(each, int | Decimal) for each in figures) or not figures[1]:
        return None
    return Fraction(figures[0]) / Fraction(figures[1]) * 100  # type: ignore[arg-type]


def _is_near(candidate: str, value: Fraction) -> bool:
    figure = Fraction(candidate.rstrip("%").replace(".", "").replace(",", "."))
    return abs(figure - value) <= max(value / 4, Fraction(1))


def _same(first: Value, second: Value) -> bool:
    """Two values that say the same, whatever their letters and their decimals."""
    if isinstance(first, Percent) and isinstance(second, Percent):
        return first.points == second.points
    if isinstance(first, str) and isinstance(second, str):
        return letters(first) == letters(second)
    return first == second
