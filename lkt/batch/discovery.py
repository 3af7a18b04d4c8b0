"""Which files of the folders that were named are workbooks, whose they are, and who is missing."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from lkt.calendar import Triwulan
from lkt.errors import LktError
from lkt.files import read_file
from lkt.indonesian import normalize, squeeze
from lkt.workbook.declaration import IDENTITAS
from lkt.workbook.opening import grids_of, read_bytes
from lkt.workbook.reader import read_keys

# Which files of the folders that were named are workbooks, and why the others are passed over -------------


STATE = ".lkt"
"""The folder in the output folder in which a batch remembers what it did."""
PAGES = "temuan"
"""The folder of the pages of findings."""
RECAP = ("rekap.xlsx", "rekap.docx", "index.html")

_COPY = re.compile(r" \((?:diperiksa|diperbaiki|baru)(?: \d+)?\)$")


@dataclass(frozen=True, slots=True)
class FoundFiles:
    """The workbooks in the order of their names, and what was passed over with its reason."""

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
    named = [path for path in paths if not path.is_dir()]
    for path in named:
        if not path.exists():
            raise LktError(f"“{path}” tidak ditemukan.", "Periksa nama berkas atau foldernya.")
    workbooks = dict.fromkeys(named)
    passed: dict[Path, str] = {}
    for folder in paths:
        if folder.is_dir():
            for path, reason in _files(folder, out):
                if reason:
                    passed[path] = reason
                else:
                    workbooks[path] = None
    ordered = sorted(workbooks, key=lambda path: _natural(str(path)))
    return FoundFiles(tuple(ordered), tuple(passed.items()))


def beside(folder: Path) -> list[Path]:
    """The workbooks that lie directly in a folder, in the order of their names; none where it is closed.

    A recap that somebody copied there is none either.
    """
    try:
        files = [path for path in folder.iterdir() if path.is_file() and not path.name.startswith(".")]
    except OSError:
        return []
    workbooks = (path for path in files if path.name not in RECAP and not _why_not(path))
    return sorted(workbooks, key=lambda path: _natural(path.name))


def _files(folder: Path, out: Path) -> Iterator[tuple[Path, str]]:
    """The files below a folder, each with the reason why it is no workbook to be worked out, if there is one.

    What is hidden goes without a word; a folder that a batch wrote is named as one.
    """
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if not path.is_dir():
            yield path, _why_not(path)
        elif _same(path, out) or (path.name == PAGES and _was_written_to(folder)):
            yield path, "folder hasil lkt"
        else:
            yield from _files(path, out)


def _why_not(path: Path) -> str:
    """Why a file in a folder is no workbook to be worked out; empty where it is one."""
    if path.name.startswith("~$"):
        return "berkas kunci sementara Excel"
    if path.suffix.lower() != ".xlsx":
        return f"bukan .xlsx ({path.suffix.lower() or 'tanpa akhiran'})"
    if _COPY.search(path.stem):
        return "salinan yang ditulis lkt"
    if path.name in RECAP and _was_written_to(path.parent):
        return "rekap yang ditulis lkt"
    return ""


def _was_written_to(folder: Path) -> bool:
    """Whether it is the output folder of some batch, of this one or an earlier."""
    return (folder / STATE).is_dir()


def _same(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve()


def _natural(text: str) -> list[tuple[int, str]]:
    """A key by which q2 comes before q10."""
    return [(int(part), "") if part.isdecimal() else (-1, part.casefold()) for part in _pieces(text)]


def _pieces(text: str) -> Iterable[str]:
    return (part for part in re.split(r"(\d+)", text) if part)


# Whose workbook a file is, told by sheet Identitas alone: cheap enough to ask before anything is built ----


_ASKED = ("kode_kecamatan", "kecamatan", "tahun", "triwulan")


@dataclass(frozen=True, slots=True)
class Owner:
    """A workbook and whose it is.

    Attributes:
        path: the file.
        kode: the code of the kecamatan; may be empty.
        kecamatan: its name; may be empty.
        triwulan: the quarter; None where it cannot be read.
        error: why it cannot be read.
    """

    path: Path
    kode: str = ""
    kecamatan: str = ""
    triwulan: Triwulan | None = None
    error: LktError | None = None

    @property
    def mark(self) -> tuple[str, str]:
        """What a kecamatan is known by: the figures of its code, and its name."""
        return "".join(filter(str.isdecimal, self.kode)), normalize(self.kecamatan)


def owner_of(path: Path) -> Owner:
    """Whose workbook it is."""
    try:
        keys = read_keys(grids_of(read_bytes(path), path, only=(IDENTITAS,)), _ASKED)
    except LktError as error:
        return Owner(path, error=error)
    year, quarter = keys["tahun"].value, keys["triwulan"].value
    known = year is not None and quarter is not None and quarter in (1, 2, 3, 4)
    return Owner(
        path,
        keys["kode_kecamatan"].value or "",
        keys["kecamatan"].value or "",
        Triwulan(int(year), int(quarter)) if known and year is not None and quarter is not None else None,
    )


def same_kecamatan(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether two marks are of one kecamatan: the same code, or the same name where one has no code."""
    if one[0] and other[0]:
        return one[0] == other[0]
    return bool(one[1]) and one[1] == other[1]


# Which of many belong to one kecamatan, found without comparing each with every other ---------------------


T = TypeVar("T")
Mark = tuple[str, str]
"""What a kecamatan is known by, as ``Owner.mark`` gives it: code and name, either may be empty."""


class Alike(Generic[T]):
    """Items by the kecamatan that they are of.

    Two marks of one kecamatan share the code or the name, so only what does is compared: all Indonesia is
    indexed in the time that it takes to read it.
    """

    def __init__(self, items: Iterable[tuple[Mark, T]]) -> None:
        """Take items with their marks."""
        self._items = list(items)
        self._places: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
        for place, (mark, _) in enumerate(self._items):
            for key in enumerate(mark):
                self._places[key].append(place)

    def of(self, mark: Mark) -> list[T]:
        """The items of one kecamatan, in their order."""
        keys = [key for key in enumerate(mark) if key[1]]
        places = sorted({place for key in keys for place in self._places.get(key, ())})
        return [self._items[place][1] for place in places if same_kecamatan(mark, self._items[place][0])]


# Who should hand in a workbook: a list of kecamatan, as plain lines or as CSV -----------------------------


_NAMES = ("kecamatan", "nama kecamatan")
_CODES = ("kode kecamatan", "kode_kec", "kode kec")
_OF_DESA = {"desa", "nama", "nama desa"}


def read_expected(path: Path) -> tuple[tuple[str, str], ...]:
    """Code and name of each kecamatan, each once, in the order of the list; a code may be empty.

    The list is one name a line, or a CSV with a column kecamatan and perhaps one of codes; a roster of desa
    will do, since each kecamatan counts once.

    Raises:
        LktError: the file cannot be read, or names nobody.
    """
    text = _decoded(read_file(path, "Daftar"))
    lines = [line for line in text.splitlines() if line.strip()]
    rows = list(_rows(lines)) if lines else []
    found = {(code, normalize(name)): (code, name) for code, name in rows if name}
    if not found:
        raise LktError(
            f"Daftar “{path}” tidak menyebut satu kecamatan pun.",
            "Tulis satu nama kecamatan setiap baris, atau CSV dengan kolom kecamatan.",
        )
    return tuple(found.values())


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _rows(lines: list[str]) -> Iterator[tuple[str, str]]:
    delimiter = ";" if lines[0].count(";") > lines[0].count(",") else ","
    heading = [normalize(cell) for cell in next(csv.reader([lines[0]], delimiter=delimiter))]
    name = next((heading.index(label) for label in _NAMES if label in heading), None)
    if name is None:
        yield from (("", squeeze(line)) for line in lines)
        return
    plain = () if _OF_DESA & set(heading) else ("kode",)  # in a roster that is the code of the desa
    code = next((heading.index(label) for label in (*_CODES, *plain) if label in heading), None)
    for row in csv.reader(lines[1:], delimiter=delimiter):
        cells = [squeeze(cell) for cell in row] + [""] * len(heading)
        yield "" if code is None else cells[code], cells[name]
