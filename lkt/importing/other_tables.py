"""The other sheets: identity, the log, village documents, strategies, activities, and lists."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from lkt.areas import letters
from lkt.importing.draft import (
    CONCLUDED,
    DIFFERENT,
    LACKING,
    OPEN,
    UNKNOWN,
    Draft,
    DraftCell,
    Record,
    is_total,
)
from lkt.importing.indicator_tables import conclude_indicators, fill_indicators, indicator_of
from lkt.importing.program_tables import fill_programs
from lkt.importing.prose import DAYS, Fact, document_rules, identity_facts, item_text, listed_items
from lkt.importing.recognition import FoundRow, FoundTable
from lkt.importing.table_kinds import TANGGAL, TEPAT_WAKTU
from lkt.indonesian import bare_item, normalize, squeeze
from lkt.workbook.cells import as_written
from lkt.workbook.declaration import IDENTITAS, SHEET, Kind
from lkt.xlsx import Raw


def fill_draft(draft: Draft) -> None:
    """All that the files say, sheet by sheet."""
    _identity(draft)
    fill_indicators(draft)
    fill_programs(draft)
    _log(draft)
    _villages(draft)
    _strategies(draft)
    for kind, sheet in (("tindak lanjut", "Tindak Lanjut"), ("tugas dan fungsi", "Tugas Fungsi")):
        records = [_record(draft, row, sheet) for table in draft.tables(kind) for row in table.rows()]
        draft.rows[sheet] = [record for record in records if "Uraian" in record]
    _activities(draft)
    _texts(draft)
    conclude_indicators(draft)
    for _, found in draft.files:
        for unknown in found.unknown:
            text = "Tabel ini tidak dikenali; isinya tidak diambil."
            draft.tell(UNKNOWN, text, unknown.text, unknown.source)


def _identity(draft: Draft) -> None:
    facts: dict[str, Fact] = {}
    for file, found in draft.files:
        rows = [row for table in found.tables for row in table.rows()]
        cells = [(text, row.source) for row in rows for text in row.texts]
        own = {label: Fact(value, file.name) for label, value in file.facts.items()}
        for label, fact in {**identity_facts(found.texts, cells), **own}.items():
            known = facts.setdefault(label, fact)
            if known.value != fact.value:
                text = f"{label}: dipakai “{known.value}”, padahal tertulis juga “{fact.value}”."
                draft.tell(DIFFERENT, text, fact.value, fact.source)
    for label, fact in sorted(facts.items(), key=lambda item: item[0] != "Tahun"):
        draft.fill(draft.identity, (IDENTITAS, label), fact.value, fact.source)


def _record(draft: Draft, row: FoundRow, sheet: str, without: Collection[str] = ()) -> Record:
    """The cells of a row as the columns of a sheet say."""
    record: Record = {}
    for column in SHEET[sheet].columns:
        places = row.table.columns(column.heading)
        if not places or column.heading in without:
            continue
        raw = row.at(places[0])
        if column.kind is Kind.TEXT:
            raw = Raw(squeeze(as_written(raw)))
        elif column.kind is Kind.CHOICE:
            written = normalize(as_written(raw))
            raw = Raw(next((each for each in column.choices if each in written), written))
        elif column.kind is Kind.WHOLE and isinstance(raw.value, str):
            raw = Raw(raw.value.strip(" .)"))
        first = row.table.day_first[places[0]]
        draft.fill(record, (sheet, column.heading), raw, row.source, day_first=first)
    return record


def _log(draft: Draft) -> None:
    concluded = False
    for table in draft.tables("fasilitasi dan koordinasi"):
        for row in table.rows():
            record = _record(draft, row, "Fasilitasi", without=["Ditindaklanjuti"])
            stated = normalize(row.text("Ditindaklanjuti"))
            if not record or is_total(row.text("Jenis Fasilitasi")):
                continue
            if stated:
                value = "Tidak" if re.search(r"belum|tidak", stated) else "Ya"
                record["Ditindaklanjuti"] = DraftCell(value, row.source, stated)
            elif "Jenis Fasilitasi" in record:
                why = "daftar ini memuat yang dihitung sebagai hasil"
                record["Ditindaklanjuti"] = DraftCell("Ya", row.source, why=why)
                concluded = True
            draft.rows["Fasilitasi"].append(record)
    if concluded:
        text = "Fasilitasi: Ditindaklanjuti diisi Ya, sebab yang didaftar dihitung sebagai hasil. Periksa."
        draft.tell(CONCLUDED, text)


# Village documents -----------------------------------------------------------------------------------------

_DOCUMENT = re.compile(
    r"\b(RKP|APB|LPP|LKPP)\s?(Desa|Des|Kampung|Kam|Kalurahan|Kal|Nagari|Gampong|Pekon|D\b)", re.IGNORECASE
)
_VILLAGE = {"des": "Desa", "d": "Desa", "desa": "Desa", "kam": " Kampung", "kal": " Kalurahan"}


def _villages(draft: Draft) -> None:
    for table in draft.tables("dokumen desa"):
        dates = {place: _document(draft, table, place) for place in table.columns(TANGGAL)}
        documents = {place: name for place, name in dates.items() if name}
        for row in table.rows() if documents else ():
            name = row.text("Desa")
            if is_total(name) or (not name and any(map(is_total, row.texts))):
                _village_total(draft, row, documents)
            elif name:
                _village(draft, row, documents)


def _village(draft: Draft, row: FoundRow, documents: Mapping[int, str]) -> None:
    read = _record(draft, row, "Desa")
    if "Desa" not in read:
        return
    record = draft.keyed.setdefault(("Desa", letters(str(read["Desa"].value))), read)
    if record is read:
        draft.rows["Desa"].append(read)
    for heading, entry in read.items():
        draft.put(record, heading, entry, f"Desa {record['Desa'].value}")
    for place, document in documents.items():
        first = row.table.day_first[place]
        draft.fill(record, ("Desa", document), row.at(place), row.source, day_first=first)


def _village_total(draft: Draft, row: FoundRow, documents: Mapping[int, str]) -> None:
    """How many were in time, below the dates or in a column of its own."""
    places = dict(documents)
    if len(documents) == 1:
        places |= dict.fromkeys(row.table.columns(TEPAT_WAKTU), *documents.values())
    for place, name in places.items():
        if found := re.match(r"(\d{1,4})\s*\D*$", row.line.texts[place]):
            entry = DraftCell(int(found[1]), row.source, row.line.texts[place])
            draft.put(draft.total("Desa", row.source), name, entry, "Jumlah desa")


def _document(draft: Draft, table: FoundTable, place: int) -> str:
    """Which village document a column of dates is of: by its heading, or what stands before the table."""
    heading, where = table.headings[place].strip("| "), f"{table.file}, {table.place}"
    named = (_documents_in(text) for text in (heading, *reversed(table.before)))
    answers = next(filter(None, named), ["RKPDesa", "APBDesa", "LPPDesa"])
    if len(answers) > 1:
        chosen = draft.ask(f"Tanggal pada kolom “{heading}” ({where})", answers)
        if chosen is None:
            text = f"Tanggal ini dapat berarti tanggal {' atau '.join(answers)}; dibiarkan kosong."
            draft.tell(OPEN, text, heading, where)
            return ""
        answers = [answers[chosen]]
    if answers[0] not in draft.documents:
        draft.documents.append(answers[0])
    return answers[0]


def _documents_in(text: str) -> list[str]:
    """The village documents that a text names, as the workbook names them."""
    found = (
        f"{match[1].upper()}{_VILLAGE.get(match[2].casefold(), f' {match[2].capitalize()}')}"
        for match in _DOCUMENT.finditer(text)
    )
    return list(dict.fromkeys(found))


# Strategies, activities, lists -----------------------------------------------------------------------------


def _strategies(draft: Draft) -> None:
    """One row an item; a row of a table without an indicator goes on with the one before."""
    shared: Record = {}
    for table in draft.tables("strategi"):
        for row in table.rows():
            name, pieces, rows = row.text("Indikator"), row.lines("Strategi"), draft.rows["Strategi"]
            indicator = indicator_of(draft, name)
            if name and indicator is None and pieces:
                draft.tell(UNKNOWN, "Strategi ini bukan milik indikator yang dikenal.", name, row.source)
            if name:
                shared = {} if indicator is None else _of_indicator(indicator, row)
            elif rows and pieces and bare_item(pieces[0]) == pieces[0]:  # the rest of the last item
                text = f"{rows[-1]['Strategi'].value} {pieces.pop(0)}"
                rows[-1]["Strategi"] = replace(rows[-1]["Strategi"], value=text, written=text)
            for piece in pieces if shared else ():
                rows.append({**shared, "Strategi": DraftCell(item_text(piece), row.source, piece)})


def _of_indicator(indicator: Record, row: FoundRow) -> Record:
    when = row.text("Waktu")
    number = DraftCell(indicator["No"].value, row.source, row.text("Indikator"))
    return {"Indikator": number, **({"Waktu": DraftCell(when, row.source, when)} if when else {})}


_ACTIVITY = re.compile(
    rf"(?P<name>.*?)[\s,(]*(?:\bpada\s+)?(?:\btanggal\s+)?(?P<days>{DAYS})[\s,.)]*(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)


def _activities(draft: Draft) -> None:
    for table in draft.tables("dokumentasi kegiatan"):
        for row in table.rows():
            record, source = _record(draft, row, "Kegiatan", without=["Foto"]), row.source
            if "Kegiatan" not in record or is_total(row.text("Kegiatan")):
                continue
            text = "\n".join(row.lines("Kegiatan"))
            if "Tanggal" not in record and (found := _ACTIVITY.fullmatch(text)):
                del record["Kegiatan"]
                pieces = {"Kegiatan": found["name"], "Tanggal": found["days"], "Uraian": found["rest"]}
                for heading, piece in pieces.items():
                    draft.fill(record, ("Kegiatan", heading), squeeze(piece), source)
            draft.rows["Kegiatan"].append(record)
    if draft.rows["Kegiatan"]:
        draft.tell(LACKING, "Foto kegiatan tidak ikut: tempelkan pada lembar Kegiatan.")


def _items(draft: Draft, name: str, items: Sequence[DraftCell]) -> None:
    """The items of a list as rows; those of a sheet only where no table held them."""
    if name not in SHEET:
        draft.rows["Narasi"] += [{"Bagian": DraftCell(name, each.source), "Teks": each} for each in items]
    elif all("Asal Rencana" in row for row in draft.rows[name]):  # plans of an earlier quarter
        draft.rows[name] += [
            {"No": DraftCell(number, each.source), "Uraian": each} for number, each in enumerate(items, 1)
        ]


def _without_strategies(draft: Draft, items: Sequence[DraftCell]) -> list[DraftCell]:
    """What is concluded, without the strategies of sheet Strategi: the report's end names them itself."""

    def plain(entry: DraftCell) -> str:
        return squeeze(str(entry.value)).casefold().rstrip(" .;")

    known = {plain(row["Strategi"]) for row in draft.rows["Strategi"] if "Strategi" in row}
    kept: list[DraftCell] = []
    for each in items:
        if plain(each) not in known:
            kept.append(each)
        elif kept and "strategi" in plain(kept[-1]) and plain(kept[-1]).endswith(":"):
            kept.pop()
    if len(kept) < len(items):
        said = "Simpulan yang menyebut isi lembar Strategi tidak diambil: laporan menyebutnya sendiri."
        draft.tell(CONCLUDED, said, source=next(each.source for each in items if plain(each) in known))
    return kept


def _texts(draft: Draft) -> None:
    """Lists, and the rules by which village documents are in time."""
    for file, found in draft.files:
        for name, facts in listed_items(found.texts).items():
            if not (file.is_own and name == "Simpulan"):  # lkt words most of it
                items = [DraftCell(fact.value, fact.source, fact.value) for fact in facts]
                _items(draft, name, _without_strategies(draft, items) if name == "Simpulan" else items)
    texts = [each for _, found in draft.files for each in found.texts]
    for rule, source in document_rules(texts):
        record: Record = {}
        for heading, text in rule.items():
            draft.fill(record, ("Dokumen", heading), text, source)
        draft.rows["Dokumen"].append(record)
