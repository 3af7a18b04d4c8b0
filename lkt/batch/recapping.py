"""The files of the recap in the output folder."""

from pathlib import Path

from lkt.recap.rekap import Rekap


def write_recap(_rekap: Rekap, _out: Path) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """Write them; which files there are, and what could not be written."""
    return (), ()
