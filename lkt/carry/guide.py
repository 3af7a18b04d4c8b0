"""What the workbook says of its own period outside the sheets that are read: Petunjuk and the properties."""

import re
from collections.abc import Iterator, Sequence

from lkt.alamat import address as join
from lkt.bahasa import normalize
from lkt.kalender import Triwulan
from lkt.model import Ref
from lkt.workbook.declaration import PETUNJUK
from lkt.workbook.opening import Grid
from lkt.workbook.patch import NewValue
from lkt.workbook.patch.package import Package
from lkt.workbook.petunjuk import deadline_lines

_PROPERTIES = "docProps/core.xml"
_SUBJECT = re.compile(rb"<dc:subject>.*?</dc:subject>", re.DOTALL)


def guide_changes(
    grids: Sequence[Grid], old: Triwulan, new: Triwulan, working_days: int
) -> dict[Ref, NewValue]:
    """The deadlines of the year on sheet Petunjuk, where they stand there as we wrote them."""
    if old.tahun == new.tahun:
        return {}
    before, after = (deadline_lines(quarter.tahun, working_days) for quarter in (old, new))
    follow = dict(zip(before, after, strict=True))
    return {ref: follow[text] for ref, text in _texts(grids) if text in follow}


def _texts(grids: Sequence[Grid]) -> Iterator[tuple[Ref, str]]:
    for grid in grids:
        if normalize(grid.name) == normalize(PETUNJUK):
            for row, cells in grid.rows.items():
                for column, raw in cells.items():
                    if isinstance(raw.value, str) and not raw.formula:
                        yield Ref(grid.name, join(row, column)), raw.value


def with_subject(data: bytes, old: Triwulan, new: Triwulan) -> bytes:
    """The workbook with the new quarter in the subject of its properties, where the old one stands there."""
    package = Package(data)
    if _PROPERTIES not in package:
        return data
    names = [f"Triwulan {each.roman} Tahun {each.tahun}".encode() for each in (old, new)]
    before = package.read(_PROPERTIES)
    after = _SUBJECT.sub(lambda found: found[0].replace(names[0], names[1]), before)
    if after == before:
        return data
    package.put(_PROPERTIES, after)
    return package.save()
