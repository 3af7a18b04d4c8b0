"""X: sheet Pengecualian, the findings that the office accepts. These rules judge what all others found."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from operator import itemgetter

from lkt import addresses
from lkt.figures import Case
from lkt.findings import Finding
from lkt.indonesian import nearest, normalize
from lkt.model import Pengecualian, Ref
from lkt.rules.base import ERROR, WARNING, rule
from lkt.rules.helpers import grouped, listing, quote, repeated, tell, words

# What the sheet says --------------------------------------------------------------------------------------
#
# A row names the code of a rule and cells, each with its sheet: ``Anggaran!G4``, a range
# ``Fasilitasi!C4:C10``, several of them separated by comma, semicolon or line break. The name of a sheet
# alone stands for a finding about the sheet as a whole. Case, spaces, ``$`` and quotation marks do not
# matter.
#
# A finding is accepted as a whole or not at all: when all its cells in one of its columns are named, by one
# row or by several. So naming either cell of a finding about Pagu and Anggaran PK of one programme accepts
# it, and one about the dates of twelve rows is accepted only when all twelve are named; otherwise it stays
# open, and X101 says which cells are left.


_SEPARATOR = re.compile(r"[,;\n]")
_QUOTES = "'\"‘’“”"
_SHORTEST_REASON = 10
_EMPTY_WORDS = frozenset(
    words(
        "ok oke ya sudah telah benar betul sesuai aman valid diterima disetujui dikecualikan pengecualian "
        "memang begitu demikian data temuan ini itu tidak apa ada masalah alasan xxx tes test"
    )
)
"""Words that give no reason, not even several of them."""


@dataclass(frozen=True, slots=True)
class Area:
    """A range of cells, or a sheet as a whole.

    Attributes:
        sheet: the name of the sheet in the file.
        corners: first row and column, last row and column; all 0 for the sheet as a whole.
        written: as it stands in the row.
    """

    sheet: str
    corners: tuple[int, int, int, int]
    written: str


@dataclass(frozen=True, slots=True, eq=False)
class Waiver:
    """One row of the sheet, understood as far as possible.

    Attributes:
        row: the row.
        areas: the cells that could be understood.
        faults: why others could not.
    """

    row: Pengecualian
    areas: tuple[Area, ...] = ()
    faults: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """The code as it should be written; empty where it is blank or unreadable."""
        return (self.row.kode.value or "").strip().upper()

    @property
    def reason(self) -> str:
        """The written reason; empty where there is none or it says nothing."""
        text = (self.row.alasan.value or "").strip()
        return text if is_reason(text) else ""

    @property
    def holds(self) -> bool:
        """It has a reason and concerns a finding that may be accepted."""
        return bool(self.reason) and may_be_accepted(self.code)


def waivers(case: Case) -> list[Waiver]:
    """Every row of sheet Pengecualian."""
    dataset = case.dataset
    sheets = {normalize(name): written for name, written in dataset.sheets.items()}
    sheets |= {normalize(written): written for written in dataset.sheets.values()}
    found = []
    for row in dataset.pengecualian:
        texts = [text.strip() for text in _SEPARATOR.split(row.sel.value or "")]
        parts = [_area(text, sheets) for text in texts if text]
        areas = tuple(part for part in parts if isinstance(part, Area))
        found.append(Waiver(row, areas, tuple(part for part in parts if isinstance(part, str))))
    return found


def is_reason(text: str) -> bool:
    """The text has enough letters, and says more than that everything is in order."""
    found = words(text)
    letters = sum(map(str.isalpha, "".join(found)))
    return letters >= _SHORTEST_REASON and not _EMPTY_WORDS.issuperset(found)


def may_be_accepted(code: str) -> bool:
    """Not what is wrong with the structure of the workbook, and not what is wrong with a waiver."""
    return bool(code) and not code.startswith(("X", "B1"))


class Named:
    """Which waivers name which cells of the findings; the time grows with the rows and the findings."""

    def __init__(self, everyone: Iterable[Waiver], findings: Iterable[Finding]) -> None:
        cells: dict[tuple[str, str], set[Ref]] = defaultdict(set)
        for finding in findings:
            for ref in finding.refs:
                cells[finding.code, ref.sheet].add(ref)
        placed = {key: sorted((ref.place, ref) for ref in refs) for key, refs in cells.items()}
        self._by_cell: dict[tuple[str, Ref], list[Waiver]] = defaultdict(list)
        self.useless: dict[Waiver, list[Area]] = defaultdict(list)
        for waiver in everyone:
            for area in waiver.areas:
                top, left, bottom, right = area.corners
                mine = placed.get((waiver.code, area.sheet), [])
                start = bisect_left(mine, (top, left), key=itemgetter(0))
                end = bisect_right(mine, (bottom, right), key=itemgetter(0))
                named = [ref for (_, column), ref in mine[start:end] if left <= column <= right]
                for ref in named:
                    self._by_cell[waiver.code, ref].append(waiver)
                if not named:
                    self.useless[waiver].append(area)

    def of(self, finding: Finding) -> list[Waiver]:
        """The waivers that name one of its cells, in the order of the sheet, each once."""
        found = (waiver for ref in finding.refs for waiver in self._by_cell.get((finding.code, ref), ()))
        return sorted(dict.fromkeys(found), key=lambda waiver: waiver.row.row)

    def left_open(self, finding: Finding) -> tuple[Ref, ...]:
        """The cells of a column that no valid waiver names; none where they name a whole column."""
        columns = list(grouped(finding.refs, lambda ref: (ref.sheet, ref.place[1])))
        lacking = [tuple(ref for ref in column if not self._accepted(finding, ref)) for column in columns]
        named = [left for left, column in zip(lacking, columns, strict=True) if len(left) < len(column)]
        return min(named, key=len, default=finding.refs)

    def _accepted(self, finding: Finding, ref: Ref) -> bool:
        return any(waiver.holds for waiver in self._by_cell.get((finding.code, ref), ()))


def accept(findings: Iterable[Finding], case: Case) -> tuple[Finding, ...]:
    """The findings; those that the office accepts say why."""
    found = tuple(findings)
    named = Named(waivers(case), found)
    judged = []
    for finding in found:
        reasons = dict.fromkeys(waiver.reason for waiver in named.of(finding) if waiver.holds)
        accepted = bool(reasons) and not named.left_open(finding)
        judged.append(replace(finding, accepted="; ".join(reasons)) if accepted else finding)
    return tuple(judged)


def _area(text: str, known: Mapping[str, str]) -> Area | str:
    """One address, or what is wrong with it."""
    name, mark, cells = text.rpartition("!")
    sheet = normalize((name if mark else text).strip().strip(_QUOTES).replace("''", "'"))
    if not mark and sheet in known:
        return Area(known[sheet], (0, 0, 0, 0), text)
    corners = addresses.area(cells.strip())
    if corners is None:
        return f"“{text}” bukan alamat sel"
    if not mark:
        return f"“{text}” tidak menyebut lembar"
    if sheet not in known:
        guess = nearest(sheet, known.values())
        question = f"; maksud Anda {guess}!{cells.strip().upper()}?" if guess else ""
        return f"lembar “{name.strip().strip(_QUOTES)}” tidak ada{question}"
    return Area(known[sheet], corners, text)


# The rules ------------------------------------------------------------------------------------------------


_LOOK_ALIKE = str.maketrans("OIL", "011")
_COMPARING = "T"
"""The family that is silent where the quarter before is not at hand."""


@rule("X101", WARNING, reads="pengecualian.kode pengecualian.sel pengecualian.alasan")
def without_effect(case: Case) -> Iterator[Finding]:
    """Pengecualian yang tidak berlaku

    Mengapa: Pengecualian tanpa temuan adalah sisa pemeriksaan lama dan dapat menutupi kesalahan baru; temuan
        yang mencakup beberapa sel baru diterima bila semua selnya disebut.
    Perbaikan: Hapus barisnya bila temuannya sudah dibetulkan, atau betulkan Kode dan Sel.
    """
    everyone = [
        waiver
        for waiver in waivers(case)
        if waiver.code in case.titles
        and may_be_accepted(waiver.code)
        and not (waiver.code.startswith(_COMPARING) and case.previous is None)
    ]
    named = Named(everyone, case.findings)
    for waiver, areas in named.useless.items():
        cells = listing([area.written for area in areas])
        message = f"Pengecualian {waiver.code} pada {cells} tidak cocok dengan temuan mana pun."
        yield tell(message, waiver.row.sel, waiver.row.kode)
    for finding in (finding for finding in case.findings if not finding.accepted):
        rest = listing(list(map(str, named.left_open(finding))), most=8)
        for waiver in (waiver for waiver in named.of(finding) if waiver.holds):
            yield tell(
                f"Pengecualian {waiver.code} pada {waiver.row.sel.written} belum berlaku: temuannya "
                f"juga mencakup {rest}.",
                waiver.row.sel,
                waiver.row.kode,
                hint="Tambahkan sel itu pada kolom Sel bila memang diterima, atau betulkan sel itu.",
            )


@rule("X102", ERROR, reads="pengecualian.alasan")
def no_reason(case: Case) -> Iterator[Finding]:
    """Pengecualian tanpa alasan

    Mengapa: Temuan hanya boleh diterima dengan alasan yang dapat dibaca pemeriksa; “-” atau “ok” bukan
        alasan, dan temuannya tetap berlaku.
    Perbaikan: Tulis satu kalimat yang menjelaskan mengapa temuan itu dapat diterima, bila perlu dengan nomor
        dokumennya.
    """
    for waiver in map(Waiver, case.dataset.pengecualian):
        cell = waiver.row.alasan
        if not cell.broken and not waiver.reason:
            state = f"{quote(cell.written)} belum menjelaskan apa-apa" if cell.value else "Alasan belum diisi"
            name = waiver.code or f"baris {waiver.row.row}"
            yield tell(f"Pengecualian {name}: {state}.", cell)


@rule("X103", ERROR, reads="pengecualian.kode")
def code_unusable(case: Case) -> Iterator[Finding]:
    """Kode pengecualian tidak dapat dipakai

    Mengapa: Pengecualian hanya berlaku untuk kode aturan yang ada. Susunan buku kerja (B1) dan pengecualian
        itu sendiri (X) harus dibetulkan, tidak dapat dikecualikan.
    Perbaikan: Salin kodenya dari hasil pemeriksaan, misalnya A104; daftarnya: lkt rules.
    """
    for waiver in map(Waiver, case.dataset.pengecualian):
        cell, code = waiver.row.kode, waiver.code
        if not code or (code in case.titles and may_be_accepted(code)):
            continue
        if not may_be_accepted(code):
            complaint, near = f"Temuan {code} tidak dapat dikecualikan.", None
        else:
            near = nearest(code[0] + code[1:].translate(_LOOK_ALIKE), case.titles)
            question = f" Maksud Anda {near} ({case.titles[near]})?" if near else ""
            complaint = f"Tidak ada aturan berkode {quote(cell.written)}.{question}"
        yield tell(complaint, cell, expected=near or "")


@rule("X104", ERROR, reads="pengecualian.sel")
def cell_unknown(case: Case) -> Iterator[Finding]:
    """Sel pengecualian bukan alamat sel

    Mengapa: Pengecualian hanya berlaku untuk sel yang disebut; alamat yang tidak dimengerti tidak berlaku.
    Perbaikan: Tulis nama lembar, tanda seru, dan selnya, misalnya Anggaran!G4, Fasilitasi!C4:C10, atau
        beberapa alamat dengan koma.
    """
    for waiver in waivers(case):
        cell = waiver.row.sel
        if waiver.faults:
            yield tell(f"Sel pengecualian: {'; '.join(waiver.faults)}.", cell)


@rule("X105", WARNING, reads="pengecualian.kode pengecualian.sel")
def excepted_twice(case: Case) -> Iterator[Finding]:
    """Pengecualian ganda

    Mengapa: Dua baris untuk temuan yang sama dapat memuat alasan yang berbeda.
    Perbaikan: Gabungkan alasannya pada satu baris, lalu hapus baris yang lain.
    """
    for same in repeated(waivers(case), _identity):
        first = same[0]
        message = f"Pengecualian {first.code} pada {first.row.sel.written} tercantum {len(same)} kali."
        yield tell(message, *(one.row.sel for one in reversed(same)))


def _identity(waiver: Waiver) -> object:
    places = frozenset((area.sheet, area.corners) for area in waiver.areas)
    return (waiver.code, places) if waiver.code and places else None
