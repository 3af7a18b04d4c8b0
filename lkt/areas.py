"""The official list of areas: every kabupaten and kota, its kecamatan, their desa and kelurahan, with codes.

The list travels as ``lkt/data/wilayah.zip``, made by ``docs/areas_data.py``; docs/wilayah.md names its
source and licence. Only what a question needs is unpacked: the names of all kecamatan, and the desa of one
kabupaten.
"""

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources

from lkt.model import Terms

_KIND = re.compile(
    r"^\s*(?:kec(?:amatan|\.)|distrik|kapanewon|kemantren|kab(?:upaten|\.)|kota)\s+", re.IGNORECASE
)


_USUAL: Mapping[str, Terms] = {
    "": Terms("Kecamatan", "Camat", "Desa"),
    "11": Terms("Kecamatan", "Camat", "Gampong"),  # Aceh: Qanun 5/2003
    "11.02": Terms("Kecamatan", "Camat", "Kute"),  # Aceh Tenggara
    "11.04": Terms("Kecamatan", "Camat", "Kampung"),  # Aceh Tengah
    "11.10": Terms("Kecamatan", "Camat", "Kampung"),  # Aceh Singkil
    "11.13": Terms("Kecamatan", "Camat", "Kampung"),  # Gayo Lues
    "11.16": Terms("Kecamatan", "Camat", "Kampung"),  # Aceh Tamiang
    "11.17": Terms("Kecamatan", "Camat", "Kampung"),  # Bener Meriah
    "11.75": Terms("Kecamatan", "Camat", "Kampong"),  # Subulussalam
    "13": Terms("Kecamatan", "Camat", "Nagari"),  # Sumatera Barat, but for three areas
    "13.09": Terms("Kecamatan", "Camat", "Desa"),  # Kepulauan Mentawai
    "13.73": Terms("Kecamatan", "Camat", "Desa"),  # Sawahlunto
    "13.77": Terms("Kecamatan", "Camat", "Desa"),  # Pariaman
    "14.07": Terms("Kecamatan", "Camat", "Kepenghuluan"),  # Rokan Hilir
    "14.08": Terms("Kecamatan", "Camat", "Kampung"),  # Siak
    "15.08": Terms("Kecamatan", "Camat", "Dusun"),  # Bungo
    "18.02": Terms("Kecamatan", "Camat", "Kampung"),  # Lampung Tengah
    "18.04": Terms("Kecamatan", "Camat", "Pekon"),  # Lampung Barat
    "18.05": Terms("Kecamatan", "Camat", "Kampung"),  # Tulang Bawang
    "18.06": Terms("Kecamatan", "Camat", "Pekon"),  # Tanggamus
    "18.08": Terms("Kecamatan", "Camat", "Kampung"),  # Way Kanan
    "18.10": Terms("Kecamatan", "Camat", "Pekon"),  # Pringsewu
    "18.12": Terms("Kecamatan", "Camat", "Tiyuh"),  # Tulang Bawang Barat
    "18.13": Terms("Kecamatan", "Camat", "Pekon"),  # Pesisir Barat
    "34": Terms("Kapanewon", "Panewu", "Kalurahan"),  # D.I. Yogyakarta: Pergub 25/2019
    "34.71": Terms("Kemantren", "Mantri Pamong Praja", "Kelurahan"),  # Kota Yogyakarta
    "64.03": Terms("Kecamatan", "Camat", "Kampung"),  # Berau
    "64.07": Terms("Kecamatan", "Camat", "Kampung"),  # Kutai Barat
    "64.11": Terms("Kecamatan", "Camat", "Kampung"),  # Mahakam Ulu
    "71.03": Terms("Kecamatan", "Camat", "Kampung"),  # Kepulauan Sangihe
    "73.18": Terms("Kecamatan", "Camat", "Lembang"),  # Tana Toraja
    "73.26": Terms("Kecamatan", "Camat", "Lembang"),  # Toraja Utara
    **{str(papua): Terms("Distrik", "Kepala Distrik", "Kampung") for papua in range(91, 97)},  # UU 21/2001
}
"""By the beginning of the code; the longest that fits holds."""


@dataclass(frozen=True, slots=True)
class Region:
    """One kabupaten or kota.

    Attributes:
        code: as the ministry writes it: 35.08.
        name: without its kind: Lumajang.
        kind: Kabupaten or Kota.
    """

    code: str
    name: str
    kind: str

    def __str__(self) -> str:
        """As people write it: Kabupaten Lumajang."""
        return f"{self.kind} {self.name}"


@dataclass(frozen=True, slots=True)
class Village:
    """One desa or kelurahan: ``code`` as 35.08.12.2001, and its ``name``."""

    code: str
    name: str

    @property
    def is_kelurahan(self) -> bool:
        """Codes of kelurahan begin with 1 in their last group, of desa with 2, of desa adat with 3."""
        return self.code[9] == "1"


@dataclass(frozen=True, slots=True)
class District:
    """One kecamatan: ``code`` as 35.08.12, its ``name``, and the kabupaten or kota that it lies in."""

    code: str
    name: str
    region: Region

    @property
    def terms(self) -> Terms:
        """What is usual there; an office may call itself otherwise."""
        return next(_USUAL[self.code[:end]] for end in (5, 2, 0) if self.code[:end] in _USUAL)

    def villages(self) -> tuple[Village, ...]:
        """Its desa and kelurahan in the order of their codes; none where the list knows none."""
        return tuple(
            Village(f"{self.region.code}.{code}", name)
            for code, name in _rows(f"desa/{self.region.code}.csv")
            if code.startswith(self.code[6:])
        )


def find(name: str, region: str = "") -> tuple[District, ...]:
    """The kecamatan of this name or code; ``region`` chooses among several of one name.

    Kinds before a name (Kecamatan, Distrik, Kabupaten, Kota), capitals, blanks and hyphens make no
    difference, except where a kabupaten and a kota are named alike.
    """
    return tuple(each for each in in_region(region) if _names(name, each.name, each.code))


def in_region(region: str = "") -> tuple[District, ...]:
    """The kecamatan of a kabupaten or kota, named as in ``find``, in the order of their codes.

    Of both, where the name leaves it open; of all Indonesia, where it is empty.
    """
    named = [each for each in _regions() if not region or _names(region, each.name, each.code)]
    exact = [each for each in named if _letters(str(each)) == _letters(region)]
    chosen = {each.code: each for each in exact or named}
    return tuple(
        District(code, name, chosen[code[:5]]) for code, name in _rows("kecamatan.csv") if code[:5] in chosen
    )


def _names(text: str, name: str, code: str) -> bool:
    return text.strip() == code or _letters(_KIND.sub("", text)) == _letters(_KIND.sub("", name))


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _regions() -> Iterator[Region]:
    for code, text in _rows("kabupaten.csv"):
        kind, _, name = text.partition(" ")
        yield Region(code, name.removeprefix("ADMINISTRASI ").title(), kind.title())


def _rows(member: str) -> Iterator[tuple[str, str]]:
    """Code and name of each line of a member; none where there is no such member."""
    packed = resources.files("lkt") / "data" / "wilayah.zip"
    with resources.as_file(packed) as path, zipfile.ZipFile(path) as package:
        text = package.read(member).decode("utf-8") if member in package.NameToInfo else ""
    for line in text.splitlines():
        code, _, name = line.partition(",")
        yield code, name
