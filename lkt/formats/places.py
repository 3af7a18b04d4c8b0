"""Cells in words: a long list of them in the shortest form that still names each one."""

import re
from collections.abc import Iterable

from lkt.model import Ref

_ADDRESS = re.compile(r"([A-Z]+)(\d+)")


def compact(refs: Iterable[Ref]) -> str:
    """The cells by sheet, with runs down a column as ranges: ``Fasilitasi!C2:C20, F2:F20; Indikator!L2``."""
    sheets: dict[str, dict[str, list[int]]] = {}
    for ref in refs:
        match = _ADDRESS.fullmatch(ref.cell)
        columns = sheets.setdefault(ref.sheet, {})
        if match:
            columns.setdefault(match[1], []).append(int(match[2]))
    return "; ".join(
        f"{sheet}!{', '.join(_ranges(columns))}" if columns else sheet for sheet, columns in sheets.items()
    )


def _ranges(columns: dict[str, list[int]]) -> Iterable[str]:
    for column, rows in columns.items():
        start = previous = None
        for row in [*sorted(set(rows)), None]:
            if start is not None and row != (previous or 0) + 1:
                yield f"{column}{start}" if start == previous else f"{column}{start}:{column}{previous}"
                start = None
            start = row if start is None else start
            previous = row
