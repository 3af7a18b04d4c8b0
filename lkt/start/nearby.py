"""The workbooks of a folder and whose they are, within a moment, however many there are."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lkt.bahasa import bare_name
from lkt.batch.discovery import beside
from lkt.batch.identity import Owner, owner_of

MOST = 20
SECONDS = 2.0
_LARGE = 20 * 1024 * 1024  # bytes; opening such a file takes longer than anybody waits for a greeting


@dataclass(frozen=True, slots=True)
class Nearby:
    """What lies in a folder.

    Attributes:
        owners: the workbooks, in the order of their names, with their kecamatan and quarter where known.
        others: .xlsx files that are no workbooks of lkt.
        more: how many files were not looked at.
        latest: the workbook that was saved last; None where there is none.
    """

    owners: tuple[Owner, ...] = ()
    others: tuple[Path, ...] = ()
    more: int = 0
    latest: Path | None = None

    @property
    def offered(self) -> tuple[Owner, ...]:
        """What a command may be run on: the workbooks; where there is none, whatever there is."""
        return self.owners or tuple(map(Owner, self.others))


def nearby(folder: Path, most: int = MOST, seconds: float = SECONDS) -> Nearby:
    """What lies in a folder; at most ``most`` files are looked into, and for ``seconds`` at most."""
    paths = beside(folder)
    end = time.monotonic() + seconds
    looked = [_owner(path, end) for path in paths[:most]]
    known = tuple(owner for owner in looked if is_known(owner))
    others = tuple(owner.path for owner in looked if not is_known(owner))
    latest = max((owner.path for owner in known), key=_saved, default=None)
    return Nearby(known, others, len(paths) - len(looked), latest)


def _saved(path: Path) -> float:
    """When a file was saved; one that went meanwhile is the oldest."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0


def _owner(path: Path, end: float) -> Owner:
    try:
        large = path.stat().st_size > _LARGE
    except OSError:
        large = True
    return Owner(path) if large or time.monotonic() > end else owner_of(path)


def is_known(owner: Owner) -> bool:
    """Whether its sheet Identitas tells whose it is."""
    return bool(owner.kecamatan) or owner.triwulan is not None


def label(owner: Owner) -> str:
    """Whose it is, in words: "Kecamatan Senduro · Triwulan I Tahun 2024"."""
    kecamatan = f"Kecamatan {bare_name(owner.kecamatan)}" if owner.kecamatan else ""
    quarter = f"Triwulan {owner.triwulan.roman} Tahun {owner.triwulan.tahun}" if owner.triwulan else ""
    return " · ".join(filter(None, (kecamatan, quarter)))


def quoted(path: Path) -> str:
    """A path as it is typed."""
    return f'"{path}"' if any(letter.isspace() for letter in str(path)) else str(path)


def names(paths: Sequence[Path], most: int = 5) -> str:
    """Some names in a row: "a.xlsx, b.xlsx, dan 3 lagi"."""
    shown = [path.name for path in paths[:most]]
    return ", ".join([*shown, f"dan {len(paths) - most} lagi"] if len(paths) > most else shown)
