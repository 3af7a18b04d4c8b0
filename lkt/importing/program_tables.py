"""Sheet Anggaran: from tables of programmes, kegiatan and sub kegiatan, and of the cost of each sasaran."""

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from lkt.areas import letters
from lkt.importing.draft import (
    OPEN,
    Draft,
    DraftCell,
    Record,
    bare_amount,
    grows_worse,
    is_total,
    name_of,
    ratio,
    split_amount,
)
from lkt.importing.indicator_tables import indicator_of
from lkt.importing.recognition import FoundRow, FoundTable
from lkt.importing.table_kinds import ANGGARAN, OF_QUARTER
from lkt.indonesian import bare_item, normalize, squeeze
from lkt.workbook.cells import as_written
from lkt.workbook.new import PROGRAMS

_SHEET = "Anggaran"
_FUND = re.compile(r"(?:APB[DN]|DAU|DAK|PAD|DBH|BK|DID)\b.{0,20}")
_ALSO = re.compile(r"juga didukung (.*)", re.IGNORECASE)
_UNIT = re.compile(r"\s*\(((?:kelurahan|kel\.|upt\w*|sekretariat|seksi)\b[^()]*)\)$", re.IGNORECASE)
_NO_PROGRAM = re.compile(r"[1-9](?:\.\d{2})?|5\..*")  # the office as a whole, and kinds of expenditure
_CODE = re.compile(r"\d{1,2}(?:\.(?:\d{1,4}|X{1,2}))*")


def fill_programs(draft: Draft) -> None:
    """All that the files say of programmes and their money."""
    for table in draft.tables("program dan anggaran"):
        amounts = _amounts(draft, table)
        support: DraftCell | None = None
        for row in table.rows():
            name, code = bare_item(row.text("Program")), _code(row)
            label = name or next(filter(is_total, row.texts), "")
            if also := _ALSO.match(name):
                _also_supports(draft, also[1], support)
                continue
            if len(row.texts) + len(row.lines("Program")) < 3 or re.match(
                r"rata\s*[-–]?\s*rata", normalize(name)
            ):
                continue
            if is_total(label) and not code:
                if not re.search(r"sasaran|program \d", normalize(label)):
                    total = draft.total(_SHEET, row.source)
                    for place, heading in amounts.items():
                        draft.fill(total, (_SHEET, heading), row.at(place), row.source)
            elif name and not any(as_written(row.at(place)).strip() for place in amounts):
                support = _supported(draft, row, name, support)
            elif name and not _NO_PROGRAM.fullmatch(code):
                _row(draft, row, amounts, code, support)
    _sentences(draft)


_DIFFERS = re.compile(r"Pagu nomor ([\d, dan]{1,400}?) berbeda dari Anggaran PK: (.*?)\.?$", re.DOTALL)
_EXPLAINED = re.compile(
    r"(.{5,200}?) \((?:tercapai|sesuai jalur|perlu perhatian|tertinggal)\): (.*)", re.DOTALL
)


def _sentences(draft: Draft) -> None:
    """What lkt prints below its tables: why Pagu differs from Anggaran PK, and why money is not spent."""
    rows = draft.rows[_SHEET]
    for _, found in draft.files:
        for block, place in found.texts:
            if said := _DIFFERS.match(block.text):
                for number in map(int, re.findall(r"\d{1,3}", said[1])):
                    if 1 <= number <= len(rows):
                        draft.fill(rows[number - 1], (_SHEET, "Keterangan"), said[2], place)
            elif said := _EXPLAINED.match(block.text):
                record = draft.keyed.get((_SHEET, program_key(said[1]), ""))
                if record is not None:
                    draft.fill(record, (_SHEET, "Penjelasan"), said[2], place)


def program_key(name: str) -> str:
    """The letters of the name of a programme without its kind."""
    return letters(re.sub(r"^\s*(?:program|kegiatan|sub ?kegiatan)\b", "", name, flags=re.IGNORECASE))


def _amounts(draft: Draft, table: FoundTable) -> dict[int, str]:
    """Place -> heading of the columns with amounts; whether Anggaran is of PK or DPA may be asked."""
    known = {"Anggaran PK", "Pagu", "Realisasi"}
    amounts = {place: role for place, role in table.roles.items() if role in known}
    of_quarter = table.of_quarter(OF_QUARTER, draft.number("Triwulan"))
    if of_quarter is not None and "Realisasi" not in amounts.values():
        answers = ("Realisasi sampai dengan triwulan itu", "Realisasi triwulan itu saja")
        if draft.number("Triwulan") == 1 or _asked(draft, table, of_quarter, answers) == 0:
            amounts[of_quarter] = "Realisasi"
    spent = {"Realisasi", OF_QUARTER} & set(table.roles.values())
    for place in table.columns(ANGGARAN):
        of_pk = any("perjanjian kinerja" in normalize(text) for text in table.before)
        if "Pagu" in amounts.values() or (of_pk and not spent):
            amounts[place] = "Anggaran PK"
        elif spent:
            amounts[place] = "Pagu"
        elif (chosen := _asked(draft, table, place, ("Anggaran PK", "Pagu"))) is not None:
            amounts[place] = ("Anggaran PK", "Pagu")[chosen]
    return amounts


def _asked(draft: Draft, table: FoundTable, place: int, answers: Sequence[str]) -> int | None:
    """Which of two things a column holds; told where nobody answers."""
    where, heading = f"{table.file}, {table.place}", table.headings[place].strip("| ")
    chosen = draft.ask(f"Kolom “{heading}” ({where})", answers)
    if chosen is None:
        text = f"Kolom ini dapat berarti {' atau '.join(answers)}; dibiarkan kosong."
        draft.tell(OPEN, text, heading, where)
    return chosen


def _supported(draft: Draft, row: FoundRow, name: str, before: DraftCell | None) -> DraftCell | None:
    """What the programmes below a row of a sasaran support: the first of its indicators."""
    first, *others = row.lines("Program")
    named = (line for line in others if re.match("indikator", line, re.IGNORECASE))
    texts = [re.sub(r"^indikator[^:]*:\s*", "", line, flags=re.IGNORECASE) for line in named]
    name = first if texts else name
    texts.append(row.text("Indikator Program"))
    indicator = next((found for text in texts if (found := indicator_of(draft, text))), None)
    if indicator is None or (before is not None and before.written == normalize(name)):
        return before
    sasaran = re.sub(r"^sasaran \d+\s*:\s*", "", name, flags=re.IGNORECASE)
    draft.fill(indicator, ("Indikator", "Sasaran"), sasaran, row.source)
    return DraftCell(indicator["No"].value, row.source, normalize(name), "sasaran di atasnya pada tabel")


def _also_supports(draft: Draft, names: str, support: DraftCell | None) -> None:
    """Programmes above that support an indicator besides their first: 1; 2."""
    for record in draft.rows[_SHEET] if support is not None else ():
        if support and "Indikator" in record and program_key(str(record["Program"].value)) in letters(names):
            known = record["Indikator"]
            record["Indikator"] = replace(known, value=f"{known.value}; {support.value}")


def _row(
    draft: Draft, row: FoundRow, amounts: Mapping[int, str], code: str, support: DraftCell | None
) -> None:
    record, source = _record(draft, row, code), row.source
    for place, heading in amounts.items():
        draft.fill(record, (_SHEET, heading), row.at(place), source)
    near = ratio(record, "Realisasi", "Pagu")
    draft.fill(record, (_SHEET, "Capaian"), bare_amount(row.raw("Capaian")), source, near=near)
    unit = split_amount(as_written(row.raw("Target")))[1] or row.text("Satuan")
    draft.fill(record, (_SHEET, "Satuan"), unit.replace("%", ""), source)
    for role in ("Target", "Realisasi Kinerja"):
        draft.fill(record, (_SHEET, role), bare_amount(row.raw(role)), source, unit=unit or "%")
    if grows_worse(record, "Realisasi Kinerja", row.text("Capaian Kinerja")):
        record.setdefault(
            "Arah", DraftCell("turun", source, why="capaian yang tercetak dihitung makin rendah makin baik")
        )
    for role in ("Indikator Program", "Sumber Dana", "Keterangan"):
        text = row.text(role)
        heading = "Sumber Dana" if role == "Keterangan" and _FUND.fullmatch(text) else role
        draft.fill(record, (_SHEET, heading), text, source)
    named = indicator_of(draft, row.text("Indikator Program"))
    if support is None and named is not None:
        support = DraftCell(named["No"].value, source, why="indikator programnya sama dengan indikator itu")
    if support is not None and code.count(".") <= 2:
        draft.put(record, "Indikator", support, name_of(_SHEET, record))


def _record(draft: Draft, row: FoundRow, code: str) -> Record:
    """The row of a programme, kegiatan or sub kegiatan; without a code that of the official list."""
    source, unit = row.source, row.text("Unit")
    name = bare_item(row.text("Program"))
    if not unit and (named := _UNIT.search(name)):  # Program … (Kelurahan Serua)
        name, unit = name[: named.start()], named[1]
    key = program_key(name)
    listed = {program_key(title): number for number, title in PROGRAMS}
    near = difflib.get_close_matches(key, listed, n=1, cutoff=0.9)
    entry = DraftCell(code, source, code) if code else None
    if entry is None and near:
        entry = DraftCell(listed[near[0]], source, why="menurut nama program pada Permendagri 90 Tahun 2019")
    made: Record = {**({"Kode": entry} if entry else {}), "Program": DraftCell(name, source, name)}
    if unit:
        made["Unit"] = DraftCell(unit, source, unit)
    by_code = (_SHEET, str(entry.value), unit) if entry else (_SHEET, key, unit)
    record = draft.keyed.get(by_code) or (None if code else draft.keyed.get((_SHEET, key, unit)))
    if record is None:
        draft.rows[_SHEET].append(record := made)
    for known in (by_code, (_SHEET, key, unit)):
        draft.keyed.setdefault(known, record)
    return record


def _code(row: FoundRow) -> str:
    """The code of a row, in one cell or divided over several under one heading: 7 | 01 | 02."""
    columns = row.table.columns("Kode")
    if not columns:
        found = re.match(r"(\d(?:\.\d{1,4})+)\s", row.text("Program"))
        return found[1] if found else ""
    heading = row.table.headings[columns[0]]
    places = [place for place, text in enumerate(row.table.headings) if text == heading]
    pieces = [squeeze(row.line.texts[place]) for place in places if row.line.own[place]]
    code = re.sub(r"[\s.]+", ".", ".".join(filter(None, pieces))).strip(".")
    return code if _CODE.fullmatch(code) else ""
