"""The rule catalogue for people: one rule explained, the list, and the reference page docs/aturan.md."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from lkt.errors import LktError
from lkt.findings import Severity
from lkt.formats.screen import SEVERITY_STYLES, Line, line
from lkt.indonesian import nearest

if TYPE_CHECKING:
    from lkt.rules.base import Rule

FAMILY_NAMES = {
    "B": "Struktur dan isian buku kerja",
    "I": "Identitas",
    "K": "Indikator kinerja",
    "A": "Anggaran",
    "F": "Fasilitasi",
    "P": "Dokumen",
    "D": "Desa",
    "G": "Kegiatan",
    "N": "Narasi dan kata-kata",
    "L": "Lintas lembar",
    "T": "Antar-triwulan",
    "X": "Pengecualian",
}
"""The families by the letter that their codes begin with."""

_EFFECTS = {
    Severity.ERROR: "menghentikan penyusunan laporan",
    Severity.WARNING: "tidak menghentikan penyusunan laporan; dengan --strict dianggap kesalahan",
    Severity.INFO: "untuk diketahui",
}


def find_rule(code: str, rules: Sequence["Rule"]) -> "Rule":
    """The rule of a code, in any case.

    Raises:
        LktError: there is none; the message names the nearest.
    """
    wanted = code.strip().upper()
    for rule in rules:
        if rule.code == wanted:
            return rule
    guess = nearest(wanted, [rule.code for rule in rules])
    hint = f"Maksud Anda {guess}? " if guess else ""
    raise LktError(f"Aturan “{code}” tidak ada.", f"{hint}Daftarnya: lkt rules")


def explain_view(rule: "Rule") -> Iterator[Line]:
    """Everything that is known about one rule."""
    level = (rule.severity.word.upper(), SEVERITY_STYLES[rule.severity])
    yield line((rule.code, "bold"), f"  {rule.title}")
    yield line(level, f": {_EFFECTS[rule.severity]}.")
    yield Line()
    for name, text in _sections(rule):
        yield line((f"{name}: ", "bold"), text)


def _sections(rule: "Rule") -> Iterator[tuple[str, str]]:
    yield "Mengapa", rule.why
    yield "Perbaikan", rule.repair
    if rule.basis:
        yield "Dasar", rule.basis


def rules_view(rules: Iterable["Rule"]) -> Iterator[Line]:
    """The list of rules by family."""
    for name, family in _families(rules):
        yield line((name, "bold underline"))
        for rule in family:
            level = (f"{rule.severity.word.upper():<10}", SEVERITY_STYLES[rule.severity])
            yield line((rule.code, "bold"), "  ", level, f"  {rule.title}", indent=2)
        yield Line()
    yield line("Penjelasan satu aturan: lkt explain KODE")


def _families(rules: Iterable["Rule"]) -> Iterator[tuple[str, list["Rule"]]]:
    for letter, family in groupby(rules, key=lambda rule: rule.code[0]):
        yield FAMILY_NAMES[letter], list(family)


def rules_markdown(rules: Sequence["Rule"]) -> str:
    """The reference page of all rules."""
    parts = [
        "# Aturan pemeriksaan",
        "Halaman ini dibuat dari program (`python -m docs.build`); jangan disunting dengan tangan.",
        _introduction(len(rules)),
    ]
    for name, family in _families(rules):
        parts.append(f"## {name}")
        parts.extend(_markdown(rule) for rule in family)
    return "\n\n".join(parts) + "\n"


def _introduction(number: int) -> str:
    return (
        f"`lkt check` memakai {number} aturan. Kode aturan tetap sama dari versi ke versi. "
        "Kesalahan menghentikan penyusunan laporan; peringatan dan catatan tidak. "
        "Penjelasan yang sama tercetak dengan `lkt explain KODE`."
    )


def _markdown(rule: "Rule") -> str:
    body = "\n\n".join(f"**{name}.** {text}" for name, text in _sections(rule))
    return f"### {rule.code} {rule.title}\n\n{rule.severity.word.capitalize()}.\n\n{body}"
