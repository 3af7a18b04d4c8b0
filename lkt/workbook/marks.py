"""The cells of a sheet that may hold a picture, as the sheet itself tells it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

Place = tuple[int, int]
"""Row and column, both from 1."""

_DISPIMG = re.compile(r'DISPIMG\(\s*"([^"]+)"', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Marks:
    """The cells of one sheet that may be a picture.

    Attributes:
        values: those whose value is described by the workbook's metadata -> number of the description,
            from 1; a picture that Excel placed in the cell is one of these.
        wps: those that show a picture of WPS -> its name.
    """

    values: Mapping[Place, int] = field(default_factory=dict)
    wps: Mapping[Place, str] = field(default_factory=dict)


def wps_picture(formula: str | None) -> str:
    """The name of the picture that a formula of WPS shows; empty where it shows none."""
    found = _DISPIMG.search(formula or "")
    return found[1] if found else ""
