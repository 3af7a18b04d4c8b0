"""X: sheet Pengecualian, the findings that the office accepts. These rules judge what all others found."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from lkt import addresses
from lkt.figures import Case
from lkt.findings import Finding
from lkt.indonesian import nearest, normalize
from lkt.model import Pengecualian, Ref
from lkt.rules.base import ERROR, WARNING, rule
from lkt.rules.helpers import grouped, listing, quote, repeated, words

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

    def covers(self, ref: Ref) -> bool:
        """The cell lies in the area."""
        (row, column), (top, left, bottom, right) = ref.place, self.corners
        return ref.sheet == self.sheet and top <= row <= bottom and left <= column <= right


@dataclass(frozen=True)
class Waiver:
    """One row of the sheet, understood as far as possible, each cell when a rule first asks for it.

    Attributes:
        row: the row.
        sheets: the names of the sheets in small letters, and as written in the file.
    """

    row: Pengecualian
    sheets: Mapping[str, str]

    @property
    def code(self) -> str:
        """The code as it should be written; empty where it is blank or unreadable."""
        return (self.row.kode.value or "").strip().upper()

    @property
    def areas(self) -> tuple[Area, ...]:
        """The cells that could be understood."""
        return tuple(part for part in self._parts if isinstance(part, Area))

    @property
    def faults(self) -> tuple[str, ...]:
        """Why others could not."""
        return tuple(part for part in self._parts if isinstance(part, str))

    @cached_property
    def _parts(self) -> list[Area | str]:
        parts = _SEPARATOR.split(self.row.sel.value or "")
        return [_area(part.strip(), self.sheets) for part in parts if part.strip()]

    @property
    def reason(self) -> str:
        """The written reason; empty where there is none or it says nothing."""
        text = self.row.alasan.value or ""
        return text.strip() if is_reason(text) else ""

    @property
    def holds(self) -> bool:
        """It has a reason and concerns a finding that may be accepted."""
        return bool(self.reason) and may_be_accepted(self.code)

    def covers(self, ref: Ref) -> bool:
        """One of its areas covers the cell."""
        return any(area.covers(ref) for area in self.areas)

    def touches(self, finding: Finding) -> bool:
        """It is about the finding: same rule, and one of its cells."""
        return finding.code == self.code and any(map(self.covers, finding.refs))


def waivers(case: Case) -> tuple[Waiver, ...]:
    """Every row of sheet Pengecualian."""
    dataset = case.dataset
    sheets = {normalize(name): written for name, written in dataset.sheets.items()}
    sheets |= {normalize(written): written for written in dataset.sheets.values()}
    return tuple(Waiver(row, sheets) for row in dataset.pengecualian)


def is_reason(text: str) -> bool:
    """The text has enough letters, and says more than that everything is in order."""
    found = words(text)
    letters = sum(map(str.isalpha, "".join(found)))
    return letters >= _SHORTEST_REASON and not _EMPTY_WORDS.issuperset(found)


def may_be_accepted(code: str) -> bool:
    """Not what is wrong with the structure of the workbook, and not what is wrong with a waiver."""
    return bool(code) and not code.startswith(("X", "B1"))


def accept(findings: Iterable[Finding], case: Case) -> tuple[Finding, ...]:
    """The findings; those that the office accepts say why."""
    valid: dict[str, list[Waiver]] = {}
    for waiver in waivers(case):
        if waiver.holds:
            valid.setdefault(waiver.code, []).append(waiver)
    judged = []
    for finding in findings:
        mine = [waiver for waiver in valid.get(finding.code, ()) if waiver.touches(finding)]
        reasons = dict.fromkeys(waiver.reason for waiver in mine)
        accepted = bool(mine) and not left_open(finding, mine)
        judged.append(replace(finding, accepted="; ".join(reasons)) if accepted else finding)
    return tuple(judged)


def left_open(finding: Finding, mine: Sequence[Waiver]) -> tuple[Ref, ...]:
    """The cells of a column of the finding that lack a waiver; none where a column has them all."""
    columns = list(grouped(finding.refs, lambda ref: (ref.sheet, ref.cell.rstrip("0123456789"))))
    lacking = [
        tuple(ref for ref in column if not any(waiver.covers(ref) for waiver in mine)) for column in columns
    ]
    named = [left for left, column in zip(lacking, columns, strict=True) if len(left) < len(column)]
    return min(named, key=len, default=finding.refs)


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
    found: dict[str, list[Finding]] = {}
    for finding in case.findings:
        found.setdefault(finding.code, []).append(finding)
    everyone = waivers(case)
    for waiver in everyone:
        known = waiver.code in case.titles and may_be_accepted(waiver.code)
        silent = waiver.code.startswith(_COMPARING) and case.previous is None
        if known and waiver.areas and not silent:
            mine = found.get(waiver.code, [])
            yield from _useless(mine, waiver)
            if waiver.holds:
                yield from _insufficient(mine, waiver, [other for other in everyone if other.holds])


def _useless(findings: Sequence[Finding], waiver: Waiver) -> Iterator[Finding]:
    """The cells at which nothing was found; ``findings`` are those of its rule."""
    refs = [ref for finding in findings for ref in finding.refs]
    unused = [area.written for area in waiver.areas if not any(map(area.covers, refs))]
    if unused:
        message = f"Pengecualian {waiver.code} pada {listing(unused)} tidak cocok dengan temuan mana pun."
        yield Finding((waiver.row.sel.ref, waiver.row.kode.ref), message, waiver.row.sel.written)


def _insufficient(findings: Sequence[Finding], waiver: Waiver, valid: Sequence[Waiver]) -> Iterator[Finding]:
    """The cells that lack for a finding of its rule to be accepted by all that are valid together."""
    for finding in findings:
        if finding.accepted or not waiver.touches(finding):
            continue
        mine = [other for other in valid if other.touches(finding)]
        rest = ", ".join(map(str, left_open(finding, mine)))
        yield Finding(
            refs=(waiver.row.sel.ref, waiver.row.kode.ref),
            message=f"Pengecualian {waiver.code} pada {waiver.row.sel.written} belum berlaku: temuannya "
            f"juga mencakup {rest}.",
            written=waiver.row.sel.written,
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
    for waiver in waivers(case):
        cell = waiver.row.alasan
        if not cell.broken and not waiver.reason:
            state = f"{quote(cell.written)} belum menjelaskan apa-apa" if cell.value else "Alasan belum diisi"
            name = waiver.code or f"baris {waiver.row.row}"
            yield Finding((cell.ref,), f"Pengecualian {name}: {state}.", cell.written)


@rule("X103", ERROR, reads="pengecualian.kode")
def code_unusable(case: Case) -> Iterator[Finding]:
    """Kode pengecualian tidak dapat dipakai

    Mengapa: Pengecualian hanya berlaku untuk kode aturan yang ada. Susunan buku kerja (B1) dan pengecualian
        itu sendiri (X) harus dibetulkan, tidak dapat dikecualikan.
    Perbaikan: Salin kodenya dari hasil pemeriksaan, misalnya A104; daftarnya: lkt rules.
    """
    for waiver in waivers(case):
        cell, code = waiver.row.kode, waiver.code
        if not code or (code in case.titles and may_be_accepted(code)):
            continue
        if not may_be_accepted(code):
            complaint, near = f"Temuan {code} tidak dapat dikecualikan.", None
        else:
            near = nearest(code[0] + code[1:].translate(_LOOK_ALIKE), case.titles)
            question = f" Maksud Anda {near} ({case.titles[near]})?" if near else ""
            complaint = f"Tidak ada aturan berkode {quote(cell.written)}.{question}"
        yield Finding((cell.ref,), complaint, cell.written, near or "")


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
            yield Finding((cell.ref,), f"Sel pengecualian: {'; '.join(waiver.faults)}.", cell.written)


@rule("X105", WARNING, reads="pengecualian.kode pengecualian.sel")
def excepted_twice(case: Case) -> Iterator[Finding]:
    """Pengecualian ganda

    Mengapa: Dua baris untuk temuan yang sama dapat memuat alasan yang berbeda.
    Perbaikan: Gabungkan alasannya pada satu baris, lalu hapus baris yang lain.
    """
    for same in repeated(waivers(case), _identity):
        first = same[0]
        message = f"Pengecualian {first.code} pada {first.row.sel.written} tercantum {len(same)} kali."
        yield Finding(tuple(one.row.sel.ref for one in reversed(same)), message, same[-1].row.sel.written)


def _identity(waiver: Waiver) -> object:
    places = frozenset((area.sheet, area.corners) for area in waiver.areas)
    return (waiver.code, places) if waiver.code and places else None
