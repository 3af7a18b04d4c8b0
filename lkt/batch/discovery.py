"""Which files of the folders that were named are workbooks, whose they are, and who is missing."""

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lkt import areas
from lkt.calendar import Triwulan
from lkt.errors import LktError
from lkt.files import is_folder, is_there, read_file, why
from lkt.indonesian import KINDS_OF_DAERAH, KINDS_OF_KECAMATAN, kind_before, normalize, squeeze
from lkt.workbook.declaration import IDENTITAS
from lkt.workbook.opening import grids_of, read_bytes
from lkt.workbook.reader import read_keys
from lkt.workbook.roster import csv_lines, decoded

# Which files are workbooks, and why the others are passed over ---------------------------------------------

STATE = ".lkt"
"""The folder in an output folder that holds the lock of a batch, and marks what a batch wrote to."""
FINDINGS = "temuan"
"""The folder of the pages of findings."""
RECAP = ("rekap.xlsx", "rekap.docx", "index.html")

_DEEPEST = 60  # folders in each other
_COPY = re.compile(r" \((?:diperiksa|diperbaiki|baru)(?: \d+)?\)$")


@dataclass(frozen=True, slots=True)
class FoundFiles:
    """What lies in the folders that were named.

    Attributes:
        workbooks: in the order of their names.
        passed: the other files and folders, each with the reason why it was passed over.
    """

    workbooks: tuple[Path, ...]
    passed: tuple[tuple[Path, str], ...]


def discover(paths: Sequence[Path], out: Path) -> FoundFiles:
    """The workbooks among files and in folders, subfolders included.

    Args:
        paths: files and folders; a file is taken whatever its name is.
        out: the output folder, in which nothing is looked for but workbooks that lie in it directly.

    Raises:
        LktError: a path does not exist.
    """
    found: dict[Path, str] = {}
    for named in paths:
        if not is_there(named):
            raise LktError(f"“{named}” tidak ditemukan.", "Periksa nama berkas atau foldernya.")
        found |= dict(_files(named, out)) if is_folder(named) else {named: ""}
    workbooks = sorted((path for path, reason in found.items() if not reason), key=_natural)
    return FoundFiles(tuple(workbooks), tuple((path, reason) for path, reason in found.items() if reason))


def beside(folder: Path) -> list[Path]:
    """The workbooks directly in a folder, in the order of their names; none where it cannot be listed.

    A recap that somebody copied there does not count as one.
    """
    try:
        files = [path for path in folder.iterdir() if path.is_file() and not path.name.startswith(".")]
    except OSError:
        return []
    workbooks = (path for path in files if path.name not in RECAP and not _why_not(path))
    return sorted(workbooks, key=_natural)


def _files(folder: Path, out: Path, above: tuple[str, ...] = ()) -> Iterator[tuple[Path, str]]:
    """The files below a folder, each with the reason why it is no workbook to be worked out, if there is one.

    What is hidden goes without a word; a folder that a batch wrote, which has ``STATE``, is named as one, and
    so is a link to a folder that it is in.
    """
    try:
        inside = (*above, os.path.realpath(folder))
        paths = sorted(folder.iterdir())
    except OSError as error:
        yield folder, f"foldernya tidak dapat dibuka: {why(error)}"
        return
    for path in paths:
        if path.name.startswith("."):
            continue
        place = os.path.realpath(path)
        if not is_folder(path):
            yield path, _why_not(path)
        elif place == os.path.realpath(out) or (path.name == FINDINGS and is_folder(folder / STATE)):
            yield path, "folder hasil lkt"
        elif place in inside:
            yield path, "tautannya berputar-putar"
        elif len(inside) == _DEEPEST:
            yield path, "foldernya terlalu bertingkat"
        else:
            yield from _files(path, out, inside)


def _why_not(path: Path) -> str:
    """Why a file in a folder is no workbook to be worked out; empty where it is one."""
    if path.name.startswith("~$"):
        return "berkas kunci sementara Excel"
    if path.suffix.lower() != ".xlsx":
        return f"bukan .xlsx ({path.suffix.lower() or 'tanpa akhiran'})"
    if _COPY.search(path.stem):
        return "salinan yang ditulis lkt"
    if path.name in RECAP and (path.parent / STATE).is_dir():
        return "rekap yang ditulis lkt"
    return ""


def _natural(path: Path) -> list[tuple[int, str]]:
    """A key by which q2 comes before q10."""
    parts = filter(None, re.split(r"(\d+)", str(path)))
    return [(int(part), "") if part.isdecimal() else (-1, part.casefold()) for part in parts]


# Whose workbook a file is ----------------------------------------------------------------------------------

_ASKED = (
    "kode_kecamatan",
    "kecamatan",
    "sebutan_kecamatan",
    "kabupaten",
    "jenis_daerah",
    "tahun",
    "triwulan",
)


@dataclass(frozen=True)
class Owner:
    """A workbook and whose it is; a kecamatan that is expected has no workbook yet.

    Attributes:
        path: the file.
        kode: the code of the kecamatan; may be empty.
        kecamatan: its name; may be empty.
        triwulan: the quarter; None where it cannot be read.
        sebutan: what a kecamatan is called there.
        daerah: its kabupaten or kota, as people write it; may be empty.
    """

    path: Path
    kode: str = ""
    kecamatan: str = ""
    triwulan: Triwulan | None = None
    sebutan: str = "Kecamatan"
    daerah: str = ""

    def is_same_kecamatan(self, other: "Owner") -> bool:
        """Whether both have the same code, or the same name where one has no code."""
        (code, name), (other_code, other_name) = self.compared, other.compared
        return code == other_code if code and other_code else bool(name) and name == other_name

    @cached_property
    def compared(self) -> tuple[str, str]:
        """Code and name as they are compared."""
        return "".join(filter(str.isdecimal, self.kode)), normalize(self.kecamatan)


def owner_of(path: Path) -> Owner:
    """Whose workbook it is, told by sheet Identitas, which alone is read; nobody's where it cannot be."""
    try:
        keys = read_keys(grids_of(read_bytes(path), path, only=(IDENTITAS,)), _ASKED)
    except LktError:
        return Owner(path)
    year, quarter = keys["tahun"].value, keys["triwulan"].value
    kind = kind_before(keys["kecamatan"].written, KINDS_OF_KECAMATAN)
    area = keys["kabupaten"]
    daerah = kind_before(area.written, KINDS_OF_DAERAH) or keys["jenis_daerah"].value
    return Owner(
        path,
        keys["kode_kecamatan"].value or "",
        keys["kecamatan"].value or "",
        Triwulan(int(year), int(quarter)) if year and quarter in {1, 2, 3, 4} else None,
        kind or keys["sebutan_kecamatan"].value or "Kecamatan",
        f"{daerah} {area.value}" if area.value else "",
    )


# Who should hand in a workbook: by the official list of areas, or a list as plain lines or as CSV ---------


def expected_by_the_list(owners: Sequence[Owner]) -> tuple[Owner, ...]:
    """All kecamatan of each kabupaten and kota of which two or more on the official list have handed in."""
    areas_named = {
        f"{code[:2]}.{code[2:4]}" if len(code) == 6 else owner.daerah
        for owner in owners
        for code, _ in [owner.compared]
    }
    regions = [areas.regions(area) for area in sorted(areas_named) if area]
    expected: list[Owner] = []
    for code in dict.fromkeys(found[0].code for found in regions if len(found) == 1):
        every = [Owner(Path(), each.code, each.name) for each in areas.in_region(code)]
        if sum(any(map(each.is_same_kecamatan, owners)) for each in every) > 1:
            expected += every
    return tuple(expected)


_NAMES = ("kecamatan", "nama kecamatan")
_CODES = ("kode kecamatan", "kode_kec", "kode kec")
_OF_DESA = {"desa", "nama", "nama desa"}


def read_expected(path: Path) -> tuple[Owner, ...]:
    """The kecamatan of a list, each once, in their order; a code may be empty.

    The list is one name a line, or a CSV with a column kecamatan and perhaps one of codes; a roster of desa
    will do, since each kecamatan counts once.

    Raises:
        LktError: the file cannot be read, or names nobody.
    """
    text = decoded(read_file(path, "Daftar"))
    found = {
        (code, normalize(name)): Owner(Path(), code, name)
        for code, name in _code_and_name(text, str(path))
        if name
    }
    if not found:
        raise LktError(
            f"Daftar “{path}” tidak menyebut satu kecamatan pun.",
            "Tulis satu nama kecamatan setiap baris, atau CSV dengan kolom kecamatan.",
        )
    return tuple(found.values())


def _code_and_name(text: str, file: str) -> Iterator[tuple[str, str]]:
    lines = csv_lines(text, file)
    headings = [normalize(cell) for cell in next(lines, (0, []))[1]]
    name = next((headings.index(label) for label in _NAMES if label in headings), None)
    if name is None:
        yield from (("", squeeze(line)) for line in text.splitlines())
        return
    plain = () if _OF_DESA & set(headings) else ("kode",)  # in a roster that is the code of the desa
    code = next((headings.index(label) for label in (*_CODES, *plain) if label in headings), None)
    for _, row in lines:
        cells = row + [""] * len(headings)
        yield "" if code is None else cells[code], cells[name]
