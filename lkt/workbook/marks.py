"""What openpyxl does not tell of the cells of a sheet: which hold a formula, and which hold a picture."""

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from lkt.workbook.parts import MAIN

_DISPIMG = re.compile(r'DISPIMG\(\s*"([^"]+)"', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Marks:
    """The cells of one sheet that are more than their value, by address.

    Attributes:
        formulas: those that hold a formula.
        values: those whose value is described by the workbook's metadata -> number of the description,
            from 1; a picture that Excel placed in the cell is one of these.
        wps: those that show a picture of WPS -> its name.
    """

    formulas: frozenset[str] = frozenset()
    values: Mapping[str, int] = field(default_factory=dict)
    wps: Mapping[str, str] = field(default_factory=dict)


NONE = Marks()


def marks(xml: bytes) -> Marks:
    """The marks of a sheet.

    With ``data_only`` openpyxl shows a formula that was never calculated as an empty cell, and loading the
    workbook twice to tell the two apart would double the cost; so the sheet is looked through for what may
    matter first.
    """
    if not any(mark in xml for mark in (b"<f", b":f", b' vm="')):
        return NONE
    formulas: list[str] = []
    values: dict[str, int] = {}
    wps: dict[str, str] = {}
    for _, cell in etree.iterparse(io.BytesIO(xml), tag=f"{MAIN}c", resolve_entities=False, no_network=True):
        address, formula = cell.get("r", ""), cell.find(f"{MAIN}f")
        if formula is not None:
            formulas.append(address)
            if name := _wps_picture(formula):
                wps[address] = name
        if (described := cell.get("vm", "")).isdecimal():
            values[address] = int(described)
        cell.clear()
    return Marks(frozenset(formulas), values, wps)


def _wps_picture(formula: Any) -> str:
    found = _DISPIMG.search(formula.text or "")
    return found[1] if found else ""
