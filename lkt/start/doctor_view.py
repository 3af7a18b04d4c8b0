"""The checks of ``lkt doctor`` as a table of three columns."""

import textwrap
from collections.abc import Iterator, Sequence

from lkt.formats.screen import Line, line
from lkt.start.doctor import Check, State

_MARKS = {State.GOOD: ("✓", "green"), State.NOTE: ("!", "bold yellow"), State.BROKEN: ("✗", "bold red")}
_NAME = 18
_INDENT = _NAME + 2
_LEAST = 30


def doctor_view(checks: Sequence[Check], columns: int) -> Iterator[Line]:
    """The table, for a screen of so many columns, and what it comes to."""
    room = max(_LEAST, columns - _INDENT - 1)
    for check in checks:
        first, *others = textwrap.wrap(check.text, room, break_on_hyphens=False, break_long_words=False) or [
            ""
        ]
        yield line(_MARKS[check.state], f" {check.name:<{_NAME}}{first}")
        yield from (line(each, indent=_INDENT) for each in others)
        repair = f"→ {check.repair}" if check.repair else ""
        yield from (line((each, "cyan"), indent=_INDENT) for each in textwrap.wrap(repair, room))
    yield Line()
    yield line(_conclusion(checks))


def _conclusion(checks: Sequence[Check]) -> str:
    states = [check.state for check in checks]
    if State.BROKEN in states:
        return "Ada yang harus diperbaiki dahulu (✗)."
    if State.NOTE in states:
        return "lkt dapat dipakai; perhatikan yang bertanda seru."
    return "Semuanya siap."
