"""The official list of areas: every kabupaten and kota, its kecamatan, their desa and kelurahan, with codes.

The list travels as ``lkt/data/wilayah.zip``, made by ``docs/areas_data.py``; docs/wilayah.md names its
source and licence. Only what a question needs is unpacked: the names of all kecamatan, and the desa of one
kabupaten.
"""

import difflib
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib import resources
from typing import TypeVar

from lkt.model import Terms

T = TypeVar("T")

_KIND = re.compile(
    r"^\s*(?:kec(?:amatan|\.)|distrik|kapanewon|kemantren|(?:kab(?:upaten|\.)|kota)(?:\s+adm(?:inistrasi|\.))?"
    r"|desa(?:\s+adat)?|adat)\s+",
    re.IGNORECASE,
)
_NEAR = 0.8
"""How alike a name must be to one of the list, 0 to 1 by difflib, to be taken for a slip of it."""


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
    def digits(self) -> str:
        """The code without its dots."""
        return self.code.replace(".", "")

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
    def digits(self) -> str:
        """The code without its dots."""
        return self.code.replace(".", "")

    def __str__(self) -> str:
        """As people write it: Kecamatan Senduro, Kabupaten Lumajang."""
        return f"{self.terms.kecamatan} {self.name}, {self.region}"

    @property
    def terms(self) -> Terms:
        """What is usual there; an office may call itself otherwise."""
        usual = next(_USUAL[self.code[:end]] for end in (5, 2, 0) if self.code[:end] in _USUAL)
        return replace(usual, daerah=self.region.kind)

    def villages(self) -> tuple[Village, ...]:
        """Its desa and kelurahan in the order of their codes; none where the list knows none."""
        with _opened() as package:
            rows = _rows(package, f"desa/{self.code[:2]}.csv", f"{self.code[3:]}.")
            return tuple(Village(f"{self.code[:3]}{code}", name) for code, name in rows)


def regions(name: str = "") -> tuple[Region, ...]:
    """The kabupaten and kota of this name or code, of all Indonesia where it is empty.

    A kind before the name, capitals, blanks and hyphens make no difference, except where a kabupaten and a
    kota are named alike.
    """
    with _opened() as package:
        rows = list(_rows(package, "kabupaten.csv"))
    wanted, kind = bare(name), letters(name)
    named = [_region(*row) for row in rows if not name or bare(row[1]) == wanted or row[0] == name.strip()]
    return tuple(each for each in named if letters(str(each)) == kind) or tuple(named)


def in_region(region: str = "") -> tuple[District, ...]:
    """The kecamatan of a kabupaten or kota, named as in ``regions``, in the order of their codes."""
    chosen = {each.code: each for each in regions(region)}
    with _opened() as package:
        rows = [
            row for code in ([""] if not region else chosen) for row in _rows(package, "kecamatan.csv", code)
        ]
    return tuple(District(code, name, chosen[code[:5]]) for code, name in rows)


def find(name: str, region: str = "") -> tuple[District, ...]:
    """The kecamatan of this name or code; ``region`` chooses among several of one name."""
    if not region and re.fullmatch(r"\d\d\.\d\d\.\d\d", name.strip()):
        region = name.strip()[:5]
    wanted, code = bare(name), name.strip()
    return tuple(each for each in in_region(region) if code == each.code or bare(each.name) == wanted)


@dataclass(frozen=True, slots=True)
class Listed:
    """What the list says of an office.

    Attributes:
        named: the kecamatan of its name, or of one that its name is a slip of; None where there is none.
        coded: the kecamatan of its code; None where the code is blank or on no list.
        villages: the desa and kelurahan of the named one.
    """

    named: District | None
    coded: District | None
    villages: tuple[Village, ...] = ()


def look_up(kecamatan: str, code: str, kabupaten: str, kind: str) -> Listed | None:
    """What the list says of a kecamatan; None where neither its name nor its code is on it.

    Args:
        kecamatan: its name.
        code: its code; may be empty.
        kabupaten: the name of its kabupaten or kota.
        kind: Kabupaten or Kota, which tells those apart that are named alike.
    """
    digits = "".join(filter(str.isdecimal, code))
    dotted = f"{digits[:2]}.{digits[2:4]}.{digits[4:]}"
    every = regions()
    at_home = (district for region in every if region.code == dotted[:5] for district in _districts(region))
    coded = next((each for each in at_home if each.code == dotted), None)
    around = _around(kabupaten, every) if kabupaten and kecamatan else ()
    same = [each for each in around if bare(each.name) == bare(kecamatan)]
    same.sort(key=lambda each: (each != coded, each.region.kind != kind))
    near = next(iter(same), None) or slip(kecamatan, around, lambda each: each.name)
    if near is None and coded is None:
        return None
    return Listed(near, coded, near.villages() if near else ())


def homes(name: str, region: Region) -> tuple[District, ...]:
    """The kecamatan of a kabupaten or kota that have a desa or kelurahan of this name."""
    with _opened() as package:
        rows = list(_rows(package, f"desa/{region.code[:2]}.csv", f"{region.code[3:]}."))
    codes = {f"{region.code[:3]}{code[:5]}" for code, village in rows if bare(village) == bare(name)}
    return tuple(each for each in _districts(region) if each.code in codes)


def _around(kabupaten: str, every: tuple[Region, ...]) -> tuple[District, ...]:
    """The kecamatan of the kabupaten and the kota of a name, or of one that the name is a slip of."""
    wanted = bare(kabupaten)
    named = [each for each in every if bare(each.name) == wanted]
    if not named:
        near = slip(kabupaten, every, lambda each: each.name)
        named = [each for each in every if near and each.name == near.name]
    return tuple(district for region in named for district in _districts(region))


def _districts(region: Region) -> tuple[District, ...]:
    with _opened() as package:
        return tuple(District(*row, region) for row in _rows(package, "kecamatan.csv", f"{region.code}."))


def slip(name: str, candidates: Iterable[T], named: Callable[[T], str]) -> T | None:
    """The candidate that a misspelt name most likely means; None where none is near."""
    known = {bare(named(each)): each for each in candidates}
    near = difflib.get_close_matches(bare(name), known, n=1, cutoff=_NEAR)
    return known[near[0]] if near else None


def bare(name: str) -> str:
    """The letters of the name of an area without its kind, by which it is compared."""
    return letters(_KIND.sub("", name))


def letters(text: str) -> str:
    """The letters and digits of a name."""
    return "".join(filter(str.isalnum, text.casefold()))


def _region(code: str, text: str) -> Region:
    kind, _, name = text.partition(" ")
    return Region(code, name.title().replace(" Dan ", " dan "), kind.title())


@contextmanager
def _opened() -> Iterator[zipfile.ZipFile]:
    packed = resources.files("lkt") / "data" / "wilayah.zip"
    with packed.open("rb") as file, zipfile.ZipFile(file) as package:
        yield package


def _rows(package: zipfile.ZipFile, member: str, start: str = "") -> Iterator[tuple[str, str]]:
    """Code and name of each line of a member that begins so, which lie together; none without that member."""
    text = "\n" + package.read(member).decode("utf-8") if member in package.NameToInfo else ""
    begin = text.find(f"\n{start}")
    end = text.find("\n", text.rfind(f"\n{start}") + 1) if start else len(text)
    for line in text[begin:end].splitlines()[1:] if begin >= 0 else ():
        code, _, name = line.partition(",")
        yield code, name
