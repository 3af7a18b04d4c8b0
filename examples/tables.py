r"""Workbooks as Markdown: one ``## Sheet`` and one table a sheet, so that a change can be reviewed.

A cell of a table is read by what stands in it:

- ``13600000`` and ``85.5`` are numbers, ``85%`` a percentage with its decimals, ``2024-02-26`` a date;
- text in straight double quotes is text exactly as typed, ``"85 %"``; everything else is text too;
- ``<br>`` is a line break, ``\|`` a pipe, and an empty cell is blank.
"""

import re
from datetime import date
from decimal import Decimal

from lkt.workbook.styles import Value
from lkt.xlsx import Percent

_HEADING = re.compile(r"## (.+)")
_PIPE = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r":?-+:?")
_WHOLE = re.compile(r"-?\d+")
_DECIMAL = re.compile(r"-?\d+\.\d+")
_PERCENT = re.compile(r"(-?\d+(?:\.(\d+))?)%")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_QUOTED = re.compile(r'"(.*)"', re.DOTALL)


def parse_tables(markdown: str) -> dict[str, list[dict[str, Value]]]:
    """Sheet -> its rows, each heading -> value, all in the order of the text."""
    return {
        name: [dict(zip(lines[0], map(parse_value, cells), strict=True)) for cells in lines[1:]]
        for name, lines in split_tables(markdown).items()
    }


def split_tables(markdown: str) -> dict[str, list[list[str]]]:
    """Sheet -> the lines of its table as they are typed: the headings first, the line of dashes left out.

    Every line is made as long as the headings; a longer one raises ValueError.
    """
    tables: dict[str, list[list[str]]] = {}
    lines: list[list[str]] = []
    for line in markdown.splitlines():
        if heading := _HEADING.fullmatch(line.strip()):
            lines = tables.setdefault(heading[1].strip(), [])
        elif line.lstrip().startswith("|"):
            cells = _split_line(line)
            if not all(map(_RULE.fullmatch, cells)):
                lines.append(_padded(cells, len(lines[0]) if lines else len(cells), line))
    return tables


def join_tables(tables: dict[str, list[list[str]]]) -> str:
    """The text that ``split_tables`` reads."""
    return "\n".join(_join_table(name, lines) for name, lines in tables.items())


def parse_value(text: str) -> Value:
    """The value of one cell as typed in a table."""
    if quoted := _QUOTED.fullmatch(text):
        return _unescape(quoted[1])
    if _WHOLE.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return Decimal(text)
    if percent := _PERCENT.fullmatch(text):
        return Percent(Decimal(percent[1]), len(percent[2] or ""))
    if _DATE.fullmatch(text):
        return date.fromisoformat(text)
    return _unescape(text) if text else None


def _split_line(line: str) -> list[str]:
    return [cell.strip() for cell in _PIPE.split(line.strip())[1:-1]]


def _padded(cells: list[str], width: int, line: str) -> list[str]:
    if len(cells) > width:
        raise ValueError(f"more cells than headings: {line}")
    return cells + [""] * (width - len(cells))


def _join_table(name: str, lines: list[list[str]]) -> str:
    rows = [f"| {' | '.join(cells)} |" for cells in lines]
    rule = f"|{'---|' * len(lines[0])}" if lines else ""
    return "\n".join((f"## {name}", "", *rows[:1], rule, *rows[1:], ""))


def _unescape(text: str) -> str:
    return text.replace("<br>", "\n").replace(r"\|", "|")
