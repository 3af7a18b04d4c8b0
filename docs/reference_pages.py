"""The pages of all rules and of everything that a template may name, from the program."""

from itertools import groupby

from docs.markdown import page, table
from lkt.formats.outcomes import FAMILY_NAMES
from lkt.report.templates import KNOWN, filter_entries, function_entries
from lkt.rules import RULES
from lkt.rules.base import Rule

_MADE = "Halaman ini dibuat dari program (`python -m docs.build`); jangan disunting dengan tangan."


def rules_page() -> str:
    """The reference page docs/aturan.md."""
    introduction = (
        f"`lkt check` memakai {len(RULES)} aturan. Kode aturan tetap sama dari versi ke versi. "
        "Kesalahan menghentikan penyusunan laporan; peringatan dan catatan tidak. "
        "Penjelasan yang sama tercetak dengan `lkt explain KODE`."
    )
    parts = ["# Aturan pemeriksaan", _MADE, introduction]
    for letter, family in groupby(RULES, key=lambda rule: rule.code[0]):
        parts += [f"## {FAMILY_NAMES[letter]}", *map(_rule, family)]
    return page(*parts)


def _rule(rule: Rule) -> str:
    basis = f"**Dasar.** {rule.basis}" if rule.basis else ""
    return page(
        f"### {rule.code} {rule.title}",
        f"{rule.severity.word.capitalize()}.",
        f"**Mengapa.** {rule.why}",
        f"**Perbaikan.** {rule.repair}",
        basis,
    ).rstrip()


def fields_page() -> str:
    """The reference page docs/isian.md."""
    fields = ((f"`{each.name}`", each.kind, each.meaning, each.example) for each in KNOWN.entries())
    words = {
        title: table(
            ("Nama", "Pemakaian", "Arti", "Hasil"),
            ((f"`{each.name}`", f"`{each.use}`", each.meaning, each.example) for each in entries),
        )
        for title, entries in (("Fungsi", function_entries()), ("Penyaring", filter_entries()))
    }
    return page(
        "# Isian templat",
        f"{_MADE} Daftar yang sama tercetak dengan `lkt template fields`. Cara memakainya: "
        "[templat.md](templat.md).",
        "Tanda `[]` berarti daftar: `sasaran[].program[].pagu` ditulis `{{ p.pagu }}` di dalam "
        "`{% for s in sasaran %}{% for p in s.program %} … {% endfor %}{% endfor %}`.",
        "## Isian",
        table(("Isian", "Jenis", "Arti", "Contoh"), fields),
        *(part for title, rows in words.items() for part in (f"## {title}", rows)),
    )
