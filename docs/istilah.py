"""The glossary: docs/istilah.toml as data, and the page that is made from it."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).with_name("istilah.toml")

_INTRODUCTION = """\
# Istilah

Halaman ini dibuat dari `docs/istilah.toml` (`python -m docs.build`); jangan disunting dengan tangan.

Satu istilah, satu ejaan: di program, di buku kerja, di templat, dan di dokumentasi. Kolom terakhir \
menyebut bentuk yang tidak dipakai; pengujian menolaknya di semua teks yang dibaca pengguna. Nama di kode \
ditujukan bagi pengembang; nama perintah dan opsi program tetap berbahasa Inggris.
"""


@dataclass(frozen=True, slots=True)
class Istilah:
    """One term.

    Attributes:
        istilah: its one spelling.
        arti: what it means here.
        kode: "module:attribute" of each of its names in the code.
        sumber: the regulation that defines it; may be empty.
        bukan: forms that are not used for it.
    """

    istilah: str
    arti: str
    kode: tuple[str, ...]
    sumber: str = ""
    bukan: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Glossary:
    """All terms by group, and spellings that are not used, each with the right one."""

    kelompok: Mapping[str, Sequence[Istilah]]
    ejaan: Mapping[str, str]

    @property
    def terms(self) -> Iterator[Istilah]:
        """Every term in the order of the page."""
        return (term for terms in self.kelompok.values() for term in terms)

    def unused_forms(self) -> dict[str, str]:
        """Form that is not used -> the one that is."""
        return {form: term.istilah for term in self.terms for form in term.bukan} | dict(self.ejaan)


def read_glossary() -> Glossary:
    """The glossary of the project."""
    data = tomllib.loads(SOURCE.read_text(encoding="utf-8"))
    return Glossary(
        {each["nama"]: [_term(**row) for row in each["istilah"]] for each in data["kelompok"]}, data["ejaan"]
    )


def _term(kode: Sequence[str], bukan: Sequence[str] = (), **words: str) -> Istilah:
    return Istilah(kode=tuple(kode), bukan=tuple(bukan), **words)


def glossary_markdown(glossary: Glossary) -> str:
    """The page: one table a group, then the spellings."""
    groups = [f"## {name}\n\n{_table(terms)}" for name, terms in glossary.kelompok.items()]
    return "\n".join([_INTRODUCTION, *groups, _spellings(glossary.ejaan)])


def _table(terms: Sequence[Istilah]) -> str:
    rows = "".join(
        f"| **{term.istilah}** | {_meaning(term)} | {_names(term)} | {_unused(term)} |\n" for term in terms
    )
    return f"| Istilah | Arti | Nama di kode | Bukan |\n|---|---|---|---|\n{rows}"


def _meaning(term: Istilah) -> str:
    return f"{term.arti} Sumber: {term.sumber}." if term.sumber else term.arti


def _names(term: Istilah) -> str:
    return ", ".join(f"`{name.replace(':', '.').removeprefix('lkt.')}`" for name in term.kode)


def _unused(term: Istilah) -> str:
    return ", ".join(term.bukan)


def _spellings(ejaan: Mapping[str, str]) -> str:
    rows = "".join(f"| {wrong} | {right} |\n" for wrong, right in sorted(ejaan.items()))
    return f"## Ejaan\n\n| Bukan | Melainkan |\n|---|---|\n{rows}"
