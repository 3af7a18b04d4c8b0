"""What the sentences of a report say: its period, its area, its regulations, lists, and who signs it."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lkt.calendar import quarter_number
from lkt.importing.sources import OldFile, TableBlock, TextBlock
from lkt.indicators.serapan import FORMULAS
from lkt.indonesian import MONTHS, bare_item, proper_name, squeeze

Texts = Sequence[tuple[TextBlock, str]]
"""Paragraphs, each with its place."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that was read in a sentence.

    Attributes:
        value: what it says.
        source: where it stands.
    """

    value: str
    source: str


# Sheet Identitas -------------------------------------------------------------------------------------------

_NAME = r"((?:[A-Z][\w'’.-]*)(?:[ \t]+[A-Z][\w'’-]*){0,3})"
_KECAMATAN = re.compile(
    rf"\b(?:[Kk]ecamatan|KECAMATAN|Distrik|DISTRIK|Kapanewon|KAPANEWON|Kemantren|KEMANTREN)[ \t]+{_NAME}"
)
_HEAD_OF_IT = re.compile(rf"\b(?:Camat|CAMAT|Panewu|PANEWU|Kepala Distrik|KEPALA DISTRIK)[ \t]+{_NAME}")
_DAERAH = re.compile(
    rf"\b(Kabupaten|KABUPATEN|Kota|KOTA|Bupati|BUPATI|Wali ?[Kk]ota|WALI ?KOTA)[ \t]+{_NAME}"
)
_NO_NAMES = re.compile(
    r"\b(?:Dan|DAN|Tahun|TAHUN|Triwulan|TRIWULAN|Kabupaten|KABUPATEN|Kota|KOTA|Provinsi|PROVINSI|Kecamatan|KECAMATAN"
    r"|Nomor|NOMOR|No|Tentang|TENTANG|Dengan|DENGAN|Yang|YANG|Tugas|Bulan|BULAN|Periode|Per|Sampai|Adapun|Camat|CAMAT)\b.*",
    re.DOTALL,
)
_QUARTER = re.compile(r"\b(?:tri[wb]ulan(?:an)?|TW\.?)[\s-]*(I{1,3}|IV|[1-4])\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d )(?<!\d)\b(?:tahun(?: anggaran)?|t\.?a\.?)\s*:?\s*(20\d\d)\b", re.IGNORECASE)
_MONTH = rf"(?:{'|'.join(MONTHS)}|Pebruari|Nopember)"
_DAY = rf"\d{{1,2}}\s+{_MONTH}\s+\d{{4}}"
DAYS = rf"\d{{1,2}}(?:\s*(?:s\.?/?d\.?|-|–|sampai(?: dengan)?)\s*\d{{1,2}}(?:\s+\w+)?)?\s+{_MONTH}\s+\d{{4}}"
"""The pattern of a day or several days in words."""
_REGULATION = re.compile(
    r"((?:Peraturan|Keputusan)\s[^.;\n]{2,60}?\b[Nn]omor\s+\S+\s+[Tt]ahun\s+\d{4}"
    r"(?:,?\s+[Tt]entang\s+.+?"
    r"(?=[.;\n]|,\s+[a-z]|,?\s+(?:telah|mewajibkan|mengamanatkan|menyatakan|menyebutkan|mengatur|bahwa|yang|[Pp]asal)\b|$))?)"
)
_PASAL = re.compile(r"\b[Pp]asal\s+(\d+(?:\s+ayat\s+\(\d+\))?)")
_GIVER = re.compile(
    rf"\b(?:dengan|dan|oleh|bersama)\s+((?:Pj\.?\s*|Plt\.?\s*|Pjs\.?\s*|Penjabat\s+)?(?:Bupati|Wali\s?[Kk]ota))((?:\s+{_NAME})?)"
)
_SIMPLE = (
    (
        "Batas Hari Kerja",
        re.compile(r"paling (?:lambat|lama)\s+(\d{1,2})\s*(?:\([^)]*\)\s*)?hari kerja", re.IGNORECASE),
        None,
    ),
    ("Batas Capaian", re.compile(r"paling tinggi (100|120)%"), None),
    ("Dasar Capaian", re.compile(r"terhadap target sampai dengan akhir Triwulan"), "triwulan"),
    ("Rerata Anggaran", re.compile(r"^tertimbang: jumlah|Pencapaian Anggaran \(tertimbang"), "tertimbang"),
    *(
        ("Rumus Efisiensi", re.compile(rf"Efisiensi = {re.escape(formula.words)}"), name)
        for name, formula in FORMULAS.items()
    ),
)


def identity_facts(texts: Texts, cells: Sequence[tuple[str, str]]) -> dict[str, Fact]:
    """Label of sheet Identitas -> what the texts say; ``cells`` are texts of tables with their places."""
    facts = {
        **_period(texts), **_area(texts), **_regulations(texts), **_signature(texts),
    }  # fmt: skip
    for label, pattern, value in _SIMPLE:
        for text, source in [*((block.text, place) for block, place in texts), *cells]:
            if found := pattern.search(text):
                facts.setdefault(label, Fact(value or found[1], source))
    return facts


def _period(texts: Texts) -> dict[str, Fact]:
    facts = {}
    front = []
    for block, place in texts:
        if re.match(r"BAB\s+I\b", block.text):
            break
        front.append((block, place))
    for label, pattern in (("Triwulan", _QUARTER), ("Tahun", _YEAR)):
        for among in (front, texts):
            found = [(match[1], place) for block, place in among for match in pattern.finditer(block.text)]
            if found:
                value = (
                    found[0][0] if among is front else Counter(each for each, _ in found).most_common(1)[0][0]
                )
                facts[label] = Fact(value, next(place for each, place in found if each == value))
                break
    if "Triwulan" in facts:
        number = quarter_number(facts["Triwulan"].value)
        facts["Triwulan"] = Fact(str(number), facts["Triwulan"].source)
    return facts


def _area(texts: Texts) -> dict[str, Fact]:
    """The kecamatan and its kabupaten, by the names that are said most often."""
    facts = {}
    for pattern in (_KECAMATAN, _HEAD_OF_IT):
        if found := _most_said(pattern, texts):
            facts["Kecamatan"] = found[0]
            break
    if found := _most_said(_DAERAH, texts):
        facts["Kabupaten"], kinds = found
        if sum("kota" in kind.casefold() for kind in kinds) * 2 > len(kinds):
            facts["Jenis Daerah"] = Fact("Kota", facts["Kabupaten"].source)
    return facts


def _most_said(pattern: re.Pattern[str], texts: Texts) -> tuple[Fact, list[str]] | None:
    """The name that a pattern finds most often, and the words before it."""
    said: dict[str, list[tuple[str, str]]] = {}
    for block, place in texts:
        for match in pattern.finditer(block.text):
            if name := _proper(match[match.lastindex or 1]):
                said.setdefault(name, []).append((match[1], place))
    if not said:
        return None
    name, found = max(said.items(), key=lambda item: len(item[1]))
    return Fact(name, found[0][1]), [kind for kind, _ in found]


def _proper(text: str) -> str:
    return proper_name(squeeze(_NO_NAMES.sub("", text)).strip(" .,-"))


def _regulations(texts: Texts) -> dict[str, Fact]:
    facts: dict[str, Fact] = {}
    for block, place in texts:
        text = re.sub(r"[ \t]+", " ", block.text)
        for found in _REGULATION.finditer(text):
            said = found[1] if "tentang" in found[1].casefold() else text
            about_office = re.search(
                r"kedudukan|tugas.{0,20}fungsi|susunan organisasi|tata kerja", said, re.IGNORECASE
            )
            about_report = re.search(r"(?:laporan|pelaporan) kinerja", text, re.IGNORECASE)
            subject = "Kedudukan" if about_office else "Pelaporan" if about_report else ""
            if subject and f"Peraturan {subject}" not in facts:
                facts[f"Peraturan {subject}"] = Fact(squeeze(found[1]), place)
                if pasal := _PASAL.search(text):
                    facts[f"Pasal {subject}"] = Fact(f"Pasal {pasal[1]}", place)
        if "perjanjian kinerja" in text.casefold() and (giver := _GIVER.search(text)):
            facts.setdefault(
                "Pemberi Amanah", Fact(squeeze(f"{giver[1]} {_NO_NAMES.sub('', giver[2])}"), place)
            )
    return facts


# The signature ---------------------------------------------------------------------------------------------

_NIP = re.compile(r"\bNIP\b\W*((?:\d[ .]?){18})", re.IGNORECASE)
_RANK = re.compile(r"^(?:Pangkat\W*)?((?:Pembina|Penata|Pengatur|Juru)\b.*)", re.IGNORECASE)
_OFFICE = re.compile(r"\b(?:camat|kepala distrik|panewu|mantri pamong praja)\b", re.IGNORECASE)
_PLACE_AND_DATE = re.compile(rf"^\s*(.{{2,40}}?)\s*,\s*({_DAY}|[\d\s….]*[A-Za-z]+\s+20\d\d)\s*$")
_ABOVE = 14  # lines


def _signature(texts: Texts) -> dict[str, Fact]:
    lines = [
        (squeeze(line), place) for block, place in texts for line in block.text.split("\n") if squeeze(line)
    ]
    for index in reversed(range(len(lines))):
        if match := _NIP.search(lines[index][0]):
            facts = _signed(lines[max(0, index - _ABOVE) : index], match[1], lines[index][1])
            if "Jabatan" in facts:
                return facts
    return {}


def _signed(above: Sequence[tuple[str, str]], nip: str, place: str) -> dict[str, Fact]:
    facts = {"NIP": Fact(squeeze(nip), place)}
    rest = list(above)
    while rest and (rank := _RANK.match(rest[-1][0])):
        facts["Pangkat/Golongan"] = Fact(rank[1], rest.pop()[1])
    if rest:
        facts["Nama Camat"] = Fact(rest[-1][0], rest.pop()[1])
    for text, source in reversed(rest):
        if _OFFICE.search(text) and "Jabatan" not in facts:
            facts["Jabatan"] = Fact(text.rstrip(" ,"), source)
        elif found := _PLACE_AND_DATE.match(text):
            facts["Tempat"], facts["Tanggal Laporan"] = Fact(found[1], source), Fact(found[2], source)
            break
        elif found := re.match(rf"(?:pada )?tanggal\W*({_DAY})", text, re.IGNORECASE):
            facts.setdefault("Tanggal Laporan", Fact(found[1], source))
        elif found := re.match(r"(?:ditetapkan|dibuat|dikeluarkan) di\W*(.+)", text, re.IGNORECASE):
            facts.setdefault("Tempat", Fact(found[1], source))
    return facts


# Lists -----------------------------------------------------------------------------------------------------

_INTRODUCES = r"(?::|berikut|adalah|meliputi)\s*:?\s*$"
_LISTS: tuple[tuple[str, re.Pattern[str], bool], ...] = (
    ("Tugas Fungsi", re.compile(rf"tugas.{{0,20}}fungsi.*{_INTRODUCES}", re.IGNORECASE | re.DOTALL), False),
    (
        "Faktor Pendukung",
        re.compile(rf"faktor.{{0,30}}(?:dukung).*{_INTRODUCES}", re.IGNORECASE | re.DOTALL),
        False,
    ),
    (
        "Hambatan",
        re.compile(rf"(?:hambatan|kendala|permasalahan).*{_INTRODUCES}", re.IGNORECASE | re.DOTALL),
        False,
    ),
    (
        "Solusi",
        re.compile(rf"(?:solusi|pemecahan masalah|mengatasi).*{_INTRODUCES}", re.IGNORECASE | re.DOTALL),
        False,
    ),
    ("Simpulan", re.compile(rf"disimpulkan.*{_INTRODUCES}", re.IGNORECASE | re.DOTALL), False),
    (
        "Tindak Lanjut",
        re.compile(r"(?:\d[\d.]*\s*)?rencana (?:aksi )?tindak lanjut\W*$", re.IGNORECASE),
        True,
    ),
)
"""What the items of a list are, by the paragraph or the heading before it."""


_OWN_WORDING = "Indikator ini mengukur sasaran"
"""How the sentence begins with which lkt itself opens what it says of an indicator."""


def listed_items(texts: Texts) -> dict[str, list[Fact]]:
    """What lists say, by what they are: Tugas Fungsi, Tindak Lanjut, or a part of sheet Narasi."""
    lists: dict[str, list[Fact]] = {}
    divided: set[str] = set()
    name, under_heading = "", False
    for block, place in texts:
        intro = next(
            (
                each
                for each, pattern, heading in _LISTS
                if pattern.search(block.text) and (block.is_heading or not heading)
            ),
            "",
        )
        if intro and not (block.is_item and (lists.get(name) or not block.text.rstrip().endswith(":"))):
            name, under_heading = intro, block.is_heading
        elif name and block.is_item:
            text = item_text(block.text)
            known = [fact.value for fact in lists.setdefault(name, [])]
            if text not in known:
                lists[name].append(Fact(text, place))
            divided |= {name} if block.text.rstrip().endswith(";") else set()
        elif block.is_heading or not under_heading or lists.get(name):
            name = ""
    for name in filter(lists.get, divided):  # the last item ends the sentence that the items make
        lists[name][-1] = Fact(lists[name][-1].value.rstrip("."), lists[name][-1].source)
    return lists


def item_text(text: str) -> str:
    """An item without its number and the sign that divides it from the next."""
    return bare_item(text.strip()).rstrip("; \t")


# Village documents -----------------------------------------------------------------------------------------

_RULE = re.compile(
    r"^(?P<name>\S.{1,40}?)\s+(?:dikatakan |dinyatakan |dinilai )?tepat waktu\b", re.IGNORECASE
)
_OWN_RULE = re.compile(
    rf"^(?P<name>\S.*?) Tahun Anggaran (?P<year>\d{{4}}), batas waktu (?P<due>{_DAY}) \((?P<law>.*?)\): "
    r"(?P<text>.*)$",
    re.DOTALL,
)


def document_rules(texts: Texts) -> list[tuple[dict[str, str], str]]:
    """The rules by which village documents are in time: heading of sheet Dokumen -> text, and the place."""
    found = []
    for block, place in texts:
        text = bare_item(squeeze(block.text))
        if own := _OWN_RULE.match(text):
            found.append(
                (
                    {
                        "Dokumen": own["name"],
                        "Tahun Anggaran": own["year"],
                        "Batas Waktu": own["due"],
                        "Dasar Hukum": own["law"],
                        "Uraian": own["text"],
                    },
                    place,
                )
            )
        elif block.is_item and (rule := _RULE.match(text)):
            found.append(({"Dokumen": rule["name"], "Uraian": text}, place))
    return found


# Explanations ----------------------------------------------------------------------------------------------

_NOT_SAID = re.compile(rf"(?i:tabel|gambar|grafik)\s*\d|{_OWN_WORDING}")


def explanations(file: OldFile, indicator_of: Callable[[str], int | None]) -> dict[int, list[Fact]]:
    """The paragraphs below the heading or the sentence that names an indicator, down to the next table.

    In a report of lkt what stands before the last table is worded by lkt itself; the office's words follow.
    """
    found: dict[int, list[Fact]] = {}
    current: int | None = None
    for block in file.blocks:
        if isinstance(block, TableBlock):
            if file.is_own and current is not None:
                found[current] = []
            current = current if file.is_own else None
            continue
        said = re.search(r"\bindikator\b", block.text, re.IGNORECASE) and (
            block.is_heading or not file.is_own
        )
        named = indicator_of(block.text) if said else None
        fact = Fact(squeeze(bare_item(block.text)), f"{file.name}, {block.place}")
        if named is not None:
            current = named
            if not block.is_heading:
                found.setdefault(current, []).append(fact)
        elif block.is_heading:
            current = None
        elif current is not None and not block.is_item and not _NOT_SAID.match(block.text):
            found.setdefault(current, []).append(fact)
    return found
