"""The photos and the logo that a workbook names: files in its own folder, nowhere else."""

from dataclasses import replace
from pathlib import Path

from lkt.model import Cell, Dataset, Kegiatan


def locate_pictures(dataset: Dataset, folder: Path) -> Dataset:
    """The dataset with the paths of the files that its cells name, where they exist in ``folder``.

    A picture placed on the row itself wins over a name. A path that leaves the folder is not followed, so
    that a workbook from elsewhere cannot pull files of this machine into a report.
    """
    kegiatan = tuple(_located(row, folder) for row in dataset.kegiatan)
    return replace(dataset, kegiatan=kegiatan, logo=_inside(dataset.identitas.logo, folder))


def _located(row: Kegiatan, folder: Path) -> Kegiatan:
    return row if row.gambar is not None else replace(row, gambar=_inside(row.foto, folder))


def _inside(cell: Cell[str], folder: Path) -> Path | None:
    if not cell.value:
        return None
    try:
        path = (folder / cell.value).resolve()
        inside = path.is_relative_to(folder.resolve()) and path.is_file()
    except (OSError, ValueError):  # a name that no file can have: too long, or with a NUL
        return None
    return path if inside else None
