"""The photos and the logo of a workbook: those placed in it, and files in its own folder, nowhere else."""

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath, PureWindowsPath

from lkt.bahasa import nearest
from lkt.model import Cell, Dataset, Gambar, GambarProblem, Kegiatan
from lkt.workbook.soundness import judge

_EXTENSIONS = frozenset({".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".heic", ".heif"})


def locate_pictures(dataset: Dataset, folder: Path) -> Dataset:
    """The dataset with its pictures found and judged; files that its cells name are looked for in ``folder``.

    A picture placed on the row itself wins over a name. A path that leaves the folder is not followed, so
    that a workbook from elsewhere cannot pull files of this machine into a report.
    """
    kegiatan = tuple(_located(row, folder) for row in dataset.kegiatan)
    logo = _judged(dataset.logo or _named(dataset.identitas.logo, folder))
    return replace(dataset, kegiatan=kegiatan, logo=logo)


def _located(row: Kegiatan, folder: Path) -> Kegiatan:
    return replace(row, gambar=_judged(row.gambar or _named(row.foto, folder)))


def _judged(gambar: Gambar | None) -> Gambar | None:
    if gambar is None or gambar.sumber is None:
        return gambar
    problem, name = judge(gambar.sumber)
    return replace(gambar, masalah=problem, format=name)


def _named(cell: Cell[str], folder: Path) -> Gambar | None:
    """The file that a cell names; None where it names none."""
    if not cell.value:
        return None
    written = cell.value.strip()
    for name in dict.fromkeys((written, written.replace("\\", "/"))):
        try:
            path = (folder / name).resolve()
            if not path.is_relative_to(folder.resolve()):
                return Gambar(masalah=GambarProblem.OUTSIDE)
            if path.is_file():
                return Gambar(path)
        except (OSError, ValueError):  # a name that no file can have: too long, or with a NUL
            break
    if PureWindowsPath(written).drive or PureWindowsPath(written).root:
        return Gambar(masalah=GambarProblem.OUTSIDE)
    return Gambar(masalah=GambarProblem.MISSING, saran=_meant(written, folder))


def _meant(name: str, folder: Path) -> tuple[str, ...]:
    """The pictures in the folder that a name may mean: first those that differ in capitals or type only."""
    pictures = sorted(_pictures(folder))
    stem = PurePosixPath(name.replace("\\", "/")).stem.casefold()
    same = tuple(picture for picture in pictures if PurePosixPath(picture).stem.casefold() == stem)
    if same:
        return same
    # Pictures of a camera differ in their number alone: foto-2.jpg is no slip for foto-3.jpg.
    near = nearest(name, [picture for picture in pictures if _figures(picture) == _figures(name)], 0.8)
    return (near,) if near else ()


def _figures(name: str) -> list[str]:
    return re.findall(r"\d+", name)


def _pictures(folder: Path) -> Iterator[str]:
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if Path(entry.name).suffix.casefold() in _EXTENSIONS and entry.is_file():
                    yield entry.name
    except OSError:
        return
