"""Number formats: what kind a cell has, and a copy of its format with another."""

import re

from lkt.attributes import whole
from lkt.workbook.patch.markup import new
from lkt.workbook.patch.styles import Styles

GENERAL = "General"
_TEXT = "@"
_BUILT_IN = {GENERAL: 0, "0%": 9, "0.00%": 10}
_NAMES = {number: code for code, number in _BUILT_IN.items()} | {49: _TEXT}
_DATES = frozenset([*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)])
_FIRST_OWN = 164
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')


class NumberFormats:
    """The number formats of a workbook's cells.

    Args:
        styles: its styles.
    """

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._made: dict[tuple[int, str], int] = {}

    def is_date(self, cell_format: int) -> bool:
        """Whether a number of that format shows as a date or a time."""
        number = whole(self._styles.format(cell_format).get("numFmtId"))
        code = _LITERAL.sub("", self._own().get(number, ""))
        return number in _DATES or bool(re.search("[dmyhs]", code.lower()))

    def is_percent(self, cell_format: int) -> bool:
        """Whether a number of that format shows as a percentage."""
        return "%" in _LITERAL.sub("", self._code(cell_format))

    def is_text(self, cell_format: int) -> bool:
        """Whether what is typed into a cell of that format is taken as text."""
        quoted = self._styles.format(cell_format).get("quotePrefix", "0") in {"1", "true"}
        return quoted or self._code(cell_format) == _TEXT

    def with_code(self, cell_format: int, code: str) -> int:
        """The number of a copy of a cell format that differs in its number format alone."""
        key = cell_format, code
        if key not in self._made:
            number = str(self._number(code))
            changes = {"numFmtId": number, "applyNumberFormat": "1"}
            if self._styles.format(cell_format).get("quotePrefix"):
                changes["quotePrefix"] = "0"
            self._made[key] = self._styles.variant(cell_format, **changes)
        return self._made[key]

    def _code(self, cell_format: int) -> str:
        number = whole(self._styles.format(cell_format).get("numFmtId"))
        return self._own().get(number) or _NAMES.get(number, "")

    def _number(self, code: str) -> int:
        known = _BUILT_IN | {own: number for number, own in self._own().items()}
        if code in known:
            return known[code]
        number = max([_FIRST_OWN - 1, *self._own()]) + 1
        self._styles.append("numFmts", new("numFmt", numFmtId=str(number), formatCode=code))
        return number

    def _own(self) -> dict[int, str]:
        return {
            whole(item.get("numFmtId")): item.get("formatCode", "") for item in self._styles.items("numFmts")
        }
