"""X: sheet Pengecualian, the findings that the office accepts. These rules judge what all others found."""

from collections.abc import Iterator, Sequence

from lkt.bahasa import nearest
from lkt.figures import Case
from lkt.findings import Finding
from lkt.rules.base import ERROR, WARNING, rule
from lkt.rules.catalogue import RULES
from lkt.rules.common import listing, quote, repeated
from lkt.rules.waivers import Waiver, left_open, may_be_accepted, waivers

_TITLES = {each.code: each.title for each in RULES}
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
    for waiver in waivers(case):
        known = waiver.code in _TITLES and may_be_accepted(waiver.code)
        silent = waiver.code.startswith(_COMPARING) and case.sebelumnya is None
        if known and waiver.areas and not silent:
            mine = found.get(waiver.code, [])
            yield from _useless(mine, waiver)
            yield from _insufficient(case, mine, waiver)


def _useless(findings: Sequence[Finding], waiver: Waiver) -> Iterator[Finding]:
    """The cells at which nothing was found; ``findings`` are those of its rule."""
    refs = [ref for finding in findings for ref in finding.refs]
    unused = [area.written for area in waiver.areas if not any(map(area.covers, refs))]
    if unused:
        message = f"Pengecualian {waiver.code} pada {listing(unused)} tidak cocok dengan temuan mana pun."
        yield Finding((waiver.row.sel.ref, waiver.row.kode.ref), message, waiver.row.sel.written)


def _insufficient(case: Case, findings: Sequence[Finding], waiver: Waiver) -> Iterator[Finding]:
    """The cells that lack for a finding of its rule to be accepted."""
    still_open = [finding for finding in findings if not finding.accepted]
    touched = [finding for finding in still_open if waiver.touches(finding)]
    valid = [other for other in waivers(case) if other.holds] if touched else []
    for finding in touched if waiver.holds else ():
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
        if not code or (code in _TITLES and may_be_accepted(code)):
            continue
        if not may_be_accepted(code):
            complaint, near = f"Temuan {code} tidak dapat dikecualikan.", None
        else:
            near = nearest(code[0] + code[1:].translate(_LOOK_ALIKE), _TITLES)
            question = f" Maksud Anda {near} ({_TITLES[near]})?" if near else ""
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
    places = frozenset((area.sheet, area.columns, area.rows) for area in waiver.areas)
    return (waiver.code, places) if waiver.code and places else None
