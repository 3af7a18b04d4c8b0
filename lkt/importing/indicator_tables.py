"""Sheet Indikator: from the tables of Perjanjian Kinerja and capaian, and the boxes of formulas."""

import difflib
import re
from collections.abc import Collection, Sequence
from fractions import Fraction

from lkt.areas import letters
from lkt.importing.draft import (
    CONCLUDED,
    UNKNOWN,
    Draft,
    DraftCell,
    Record,
    bare_amount,
    grows_worse,
    is_total,
    ratio,
    split_amount,
)
from lkt.importing.prose import Fact, explanations
from lkt.importing.recognition import FoundRow, FoundTable
from lkt.importing.table_kinds import FORMULASI, OF_QUARTER, OF_YEAR, PERHITUNGAN, SASARAN_INDIKATOR
from lkt.indonesian import normalize, roman, squeeze
from lkt.workbook.cells import as_written
from lkt.xlsx import Percent, Raw

_SHEET = "Indikator"
_MOST_ALIKE, _LONGEST_NAME = 100, 300  # names that are compared with one that none is, and their letters


def fill_indicators(draft: Draft) -> None:
    """All that the files say of the indicators."""
    for kind in ("perjanjian kinerja", "capaian kinerja"):
        for table in draft.tables(kind):
            _table(draft, table)
    for table in draft.tables("perbandingan tahun"):
        for row in table.rows():
            _years(draft, row)
    for table in draft.tables("kotak rumus"):
        if table.roles:
            _headed_box(draft, table)
        else:
            _labelled_box(draft, table)


def conclude_indicators(draft: Draft) -> None:
    """What no report says of its indicators, by what the other sheets hold: Jenis, Arah, and against what."""
    for file, _ in draft.files:
        for number, facts in explanations(file, lambda text: _number_in(draft, text)).items():
            _explain(draft, draft.rows[_SHEET][number], facts)
    for record in draft.rows[_SHEET]:
        source = record["Indikator"].source
        jenis, why = _jenis(draft, record)
        record["Jenis"] = DraftCell(jenis, source, why=why)
        capaian = record["Capaian"].written if "Capaian" in record else ""
        down = _says_less_is_better(draft, record) or grows_worse(record, "Realisasi", capaian)
        said = "menurut kalimat atau capaiannya" if down else "laporan tidak menyebut arah lain"
        record.setdefault("Arah", DraftCell("turun" if down else "naik", source, why=said))
        arah = record["Arah"].value
        text = f"Indikator {record['No'].value}: Jenis {jenis} ({why}), Arah {arah}. Periksa."
        draft.tell(CONCLUDED, text, source=source)
    _conclude_basis(draft)


_LABELLED = re.compile(
    r"(?:sumber data: (?P<data>.*?)\.)?\s*(?:penanggung jawab: (?P<who>.*?)\.)?", re.IGNORECASE
)


def _explain(draft: Draft, record: Record, facts: Sequence[Fact]) -> None:
    """What stands below an indicator: Sumber Data, Penanggung Jawab, and Penjelasan."""
    said = []
    for fact in facts:
        if labelled := _LABELLED.fullmatch(fact.value):
            draft.fill(record, (_SHEET, "Sumber Data"), labelled["data"] or "", fact.source)
            draft.fill(record, (_SHEET, "Penanggung Jawab"), labelled["who"] or "", fact.source)
        else:
            said.append(fact.value)
    if said:
        draft.fill(record, (_SHEET, "Penjelasan"), "\n".join(said), facts[0].source)


def indicator_of(draft: Draft, name: str, besides: Collection[str] = ()) -> Record | None:
    """The row of an indicator by its name, or by one that is spelled nearly so and is none of ``besides``."""
    wanted = letters(name)
    if (_SHEET, wanted) in draft.keyed:
        return draft.keyed[_SHEET, wanted]
    names = [key[1] for key in draft.keyed if key[0] == _SHEET and key[1] not in besides][:_MOST_ALIKE]
    near = difflib.get_close_matches(wanted[:_LONGEST_NAME], names, n=1, cutoff=0.85)
    if near:  # so that it is looked for once
        draft.keyed[_SHEET, wanted] = draft.keyed[_SHEET, near[0]]
    return draft.keyed[_SHEET, near[0]] if near else None


# Tables ----------------------------------------------------------------------------------------------------


def _table(draft: Draft, table: FoundTable) -> None:
    above, others = "", {letters(row.text("Indikator")) for row in table.rows()}
    for row in table.rows():
        indicator, sasaran = row.text("Indikator"), row.text("Sasaran") or above
        if SASARAN_INDIKATOR in table.roles.values():
            sasaran, *rest = [*row.lines(SASARAN_INDIKATOR), ""]
            indicator = squeeze(" ".join(rest))
        texts = row.texts
        if len(texts) == 1 and not is_total(texts[0]):  # a sasaran over its indicators
            above = re.sub(r"^sasaran( strategis)?\s*\d*\W*", "", texts[0], flags=re.IGNORECASE)
        elif indicator and not is_total(indicator):
            known = indicator_of(draft, indicator, others)
            _row(draft, row, known or _new(draft, row, indicator), sasaran.rstrip(" :"))


def _new(draft: Draft, row: FoundRow, indicator: str) -> Record:
    """A row for an indicator that none of the tables before has."""
    number = DraftCell(len(draft.rows[_SHEET]) + 1, row.source)
    record: Record = {"No": number, "Indikator": DraftCell(indicator, row.source, indicator)}
    draft.rows[_SHEET].append(record)
    draft.keyed[_SHEET, letters(indicator)] = record
    return record


def _row(draft: Draft, row: FoundRow, record: Record, sasaran: str) -> None:
    source = row.source
    draft.fill(record, (_SHEET, "Sasaran"), sasaran, source)
    unit = _unit(row, record)
    targets = [role for role in dict.fromkeys(row.table.roles.values()) if role.startswith("Target")]
    of_quarter = row.table.of_quarter(OF_QUARTER, draft.number("Triwulan"))
    for role in (*targets, "Realisasi", "Capaian"):
        raw = row.raw(role)
        if role == "Realisasi" and role not in row.table.roles.values() and of_quarter is not None:
            raw = row.at(of_quarter)
        more = split_amount(as_written(raw))[2] if "(" in row.table.heading(role) else ""
        more = split_amount(more)[0]
        if more and role == "Target":  # 88 (87): of the year, and of the quarter
            draft.fill(record, (_SHEET, "Target Triwulan"), more, source, unit=unit)
        if more and role == "Capaian" and draft.says("Dasar Capaian") == "triwulan":
            raw = Raw(more)
        near = ratio(record, "Realisasi", "Target") if role == "Capaian" else None
        draft.fill(record, (_SHEET, role), bare_amount(raw), source, unit=unit, near=near)
    quarter = f"Target TW {roman(draft.number('Triwulan') or 1)}"
    if quarter in targets:
        draft.fill(record, (_SHEET, "Target Triwulan"), bare_amount(row.raw(quarter)), source, unit=unit)
    for role in ("Keterangan", "Sumber Data", "Penanggung Jawab"):
        text = " ".join(line for line in row.lines(role) if not re.match("[●▲□▼■–] ?", line))
        draft.fill(record, (_SHEET, role), text, source)


_UNIT_OF_NAME = {"persentase": "%", "presentase": "%", "indeks": "indeks", "nilai": "nilai"}


def _years(draft: Draft, row: FoundRow) -> None:
    """Realisasi of this year and of the last, and the target at the end of Renstra."""
    record, year = indicator_of(draft, row.text("Indikator")), draft.number("Tahun") or 0
    if record is None:
        return
    unit = str(record["Satuan"].value) if "Satuan" in record else ""
    target = bare_amount(row.raw("Target Akhir Renstra"))
    draft.fill(record, (_SHEET, "Target Akhir Renstra"), target, row.source, unit=unit)
    for place in row.table.columns(OF_YEAR):
        named = re.search(r"20\d\d", row.table.headings[place])
        back = year - int(named[0]) if named else 1
        heading = {0: "Realisasi", 1: "Realisasi Tahun Lalu"}.get(back)
        if heading:
            draft.fill(record, (_SHEET, heading), bare_amount(row.at(place)), row.source, unit=unit)


def _unit(row: FoundRow, record: Record) -> str:
    """Satuan: what its column says, what stands behind the target, what the name begins with."""
    raw, source = row.raw("Target"), row.source
    written = as_written(raw)
    figure, unit, _ = split_amount(written)
    percent = "%" in raw.number_format or "%" in row.table.heading("Target")
    first = normalize(str(record["Indikator"].value)).split(" ")[0]
    if stated := row.text("Satuan") or unit or ("%" if percent else ""):
        record.setdefault("Satuan", DraftCell(stated, source, stated))
    elif re.fullmatch("[A-E]{1,2}[+-]?", figure):
        record.setdefault("Satuan", DraftCell("predikat", source, why="targetnya huruf"))
    elif figure and first in _UNIT_OF_NAME:
        record.setdefault("Satuan", DraftCell(_UNIT_OF_NAME[first], source, why="menurut nama indikatornya"))
    return str(record["Satuan"].value) if "Satuan" in record else ""


# Boxes of formulas -----------------------------------------------------------------------------------------


def _headed_box(draft: Draft, table: FoundTable) -> None:
    """A box under headings: one row for the numerator, and one for the denominator of each indicator."""
    parts: dict[str, list[FoundRow]] = {}
    for row in table.rows():
        parts.setdefault(row.text("Indikator"), []).append(row)
    for name, rows in parts.items():
        record = indicator_of(draft, name)
        if record is None:
            text = "Kotak rumus ini bukan milik indikator yang dikenal."
            draft.tell(UNKNOWN, text, name, rows[0].source)
            continue
        draft.fill(record, (_SHEET, "Sasaran"), rows[0].text("Sasaran"), rows[0].source)
        place = table.columns(PERHITUNGAN)[0]
        distinct = {row.text(FORMULASI): row for row in reversed(rows) if row.text(FORMULASI)}
        for part, (text, row) in zip(("Penyebut", "Pembilang"), list(distinct.items())[-2:], strict=False):
            draft.fill(record, (_SHEET, f"Uraian {part}"), text, row.source)
            draft.fill(record, (_SHEET, part), row.at(place), row.source)
        unit = str(record["Satuan"].value) if "Satuan" in record else ""
        for raw in rows[0].line.cells[place + 1 :]:
            draft.fill(record, (_SHEET, "Realisasi"), raw, rows[0].source, unit=unit)


_COUNTED = re.compile(r"\s*\([\d.,]+\)$")
_DIVIDED = re.compile(r"\s*[÷:/]\s+|\s+[÷:/]\s*")


def _labelled_box(draft: Draft, table: FoundTable) -> None:
    """A box whose rows say Formulasi and Realisasi: A ÷ B × 100%, 19 ÷ 63 × 100% = 30,16%."""
    numbers = (_number_in(draft, text) for text in reversed(table.before))
    number = next((each for each in numbers if each is not None), None)
    if number is None:
        return
    record = draft.rows[_SHEET][number]
    for row in table.rows():
        label, text = normalize(row.line.texts[0]), squeeze(row.line.texts[1])
        upper, *lower = _DIVIDED.split(text, maxsplit=1)
        if label == "capaian" and "2 ×" in text:
            record["Arah"] = DraftCell("turun", row.source, text)
        if not lower or not re.match("formula|rumus|realisasi|perhitungan", label):
            continue
        below = re.split(r"\s*[×x]\s*100", lower[0], maxsplit=1)[0]
        kind = "Uraian " if label.startswith(("formula", "rumus")) else ""
        for part, piece in (("Pembilang", upper.strip()), ("Penyebut", below.strip())):
            counted = _COUNTED.search(piece) if kind else None  # Dokumen yang tepat waktu (12)
            said = piece[: counted.start()] if counted else piece.strip("() ")
            draft.fill(record, (_SHEET, f"{kind}{part}"), said, row.source)


def _number_in(draft: Draft, text: str) -> int | None:
    """Which indicator a text names: by its whole name, or by Indikator and its number."""
    plain = letters(text)
    found = re.search(r"\bindikator(?: kinerja)?\s+(\d{1,3})\b", text, re.IGNORECASE)
    for number, row in enumerate(draft.rows[_SHEET][:_MOST_ALIKE]):
        if letters(str(row["Indikator"].value)) in plain or (found and row["No"].value == int(found[1])):
            return number
    return None


# What is concluded -----------------------------------------------------------------------------------------


def _jenis(draft: Draft, record: Record) -> tuple[str, str]:
    """Jenis of an indicator, and why."""
    name = normalize(str(record["Indikator"].value))
    if "Satuan" in record and normalize(str(record["Satuan"].value)) == "predikat":
        return "predikat", "targetnya huruf"
    if "tepat waktu" in name and re.search(r"dokumen|rkp|apb|lpp", name):
        return "dokumen desa", "namanya menyebut dokumen yang tepat waktu"
    logged = bool(draft.rows["Fasilitasi"])
    if logged and re.search(r"fasilitas|koordinasi", name) and "tindaklanjut" in letters(name):
        return "fasilitasi", "namanya menyebut fasilitasi yang ditindaklanjuti"
    if "Pembilang" in record and "Penyebut" in record:
        return "rasio", "ada pembilang dan penyebutnya"
    return "nilai", "tidak ada pembilang dan penyebutnya"


def _says_less_is_better(draft: Draft, record: Record) -> bool:
    """Whether the report says below the heading of the indicator that less is better."""
    name, below = letters(str(record["Indikator"].value)), False
    for _, found in draft.files:
        for block, _ in found.texts:
            below = name in letters(block.text) if block.is_heading else below
            if below and "makin rendah realisasi" in normalize(block.text):
                return True
    return False


def _conclude_basis(draft: Draft) -> None:
    """Whether capaian is against the target of the quarter, by the figures that are printed."""
    fits = {"Target": 0, "Target Triwulan": 0}
    for record in draft.rows[_SHEET]:
        printed = record["Capaian"].value if "Capaian" in record else None
        for heading in fits:
            worked = ratio(record, "Realisasi", heading)
            if isinstance(printed, Percent) and worked is not None:
                fits[heading] += abs(worked - Fraction(printed.points)) <= Fraction(1, 2)
    if fits["Target Triwulan"] > fits["Target"] and "Dasar Capaian" not in draft.identity:
        source = draft.rows[_SHEET][0]["Indikator"].source
        why = "capaian yang tercetak sesuai dengan target triwulan"
        draft.identity["Dasar Capaian"] = DraftCell("triwulan", source, why=why)
        draft.tell(CONCLUDED, f"Dasar Capaian triwulan, sebab {why}.")
