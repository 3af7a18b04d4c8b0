"""Lines on a screen or a pipe: a terminal gets colour and wraps them, a pipe gets each whole and plain.

A view is what a command prints: lines, each with its indent, and tables of rich. A pipe gets each line as it
is, so that what is searched for stays on one line.
"""

import codecs
import contextlib
import io
import re
import shutil
import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any, Union

from lkt.errors import ListedError, LktError, TemplateError
from lkt.findings import Severity
from lkt.model import Ref

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console, ConsoleOptions, RenderableType
    from rich.segment import Segment

SEVERITY_STYLES = {
    Severity.ERROR: "bold red",
    Severity.WARNING: "bold yellow",
    Severity.INFO: "bold cyan",
}
_ASCII = {
    "−": "-", "→": "->", "Σ": "jumlah ", "≥": ">=", "≤": "<=", "✓": "v", "✗": "x", "☐": "[ ]", "•": "-",
}  # fmt: skip
"""What an old console shows for signs that it lacks."""
_ANY_WIDTH = 10_000
_MOST_MISTAKES = 10  # of a template; its check tells all

Part = str | tuple[str, str]
"""A piece of text, or one with its style: ``bold red``."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a view, indented by a number of columns; a terminal wraps it under its indent."""

    parts: tuple[Part, ...] = ()
    indent: int = 0

    @property
    def plain(self) -> str:
        """The line without styles."""
        return " " * self.indent + "".join(part if isinstance(part, str) else part[0] for part in self.parts)

    def __rich__(self) -> "RenderableType":
        """For rich, which is loaded for terminals alone: it takes a fifth of the time of a check."""
        from rich.padding import Padding  # noqa: PLC0415
        from rich.text import Text  # noqa: PLC0415

        text = Text.assemble(*self.parts)
        return Padding(text, (0, 0, 0, self.indent), expand=False) if text else text


View = Iterable[Union[Line, "RenderableType"]]


def line(*parts: Part, indent: int = 0) -> Line:
    """A line of pieces."""
    return Line(parts, indent)


def level(severity: Severity) -> Part:
    """The word of a severity in its colour."""
    return severity.word.upper(), SEVERITY_STYLES[severity]


UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def safe(text: str) -> str:
    """A text without what a terminal obeys: controls, escapes, and marks of direction."""
    return UNSAFE.sub("\N{REPLACEMENT CHARACTER}", text)


class _Safe:
    """A piece of a view whose texts are safe on a terminal, and only whose styles are not text."""

    def __init__(self, piece: "Line | RenderableType") -> None:
        self._piece = piece

    def __rich_console__(self, console: "Console", options: "ConsoleOptions") -> "Iterator[Segment]":
        for segment in console.render(self._piece, options):
            yield segment if segment.control else segment._replace(text=safe(segment.text))


def print_view(view: View, file: IO[str]) -> None:
    """Print a view; what the encoding of the stream lacks is shown by plain signs.

    Raises:
        StreamError: the stream takes no more.
    """
    codecs.register_error("lkt", _substitute)
    reconfigure: Any = getattr(file, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="lkt")
    if not file.isatty():
        with streaming():
            file.writelines(f"{safe(_whole(each))}\n" for each in view)
            file.flush()
        return
    from rich.console import Console  # noqa: PLC0415

    console = Console(file=file, highlight=False, emoji=False, markup=False)
    for each in view:
        with streaming():
            console.print(_Safe(each))


class StreamError(Exception):
    """The screen, pipe or file that is printed to takes no more."""


@contextlib.contextmanager
def streaming() -> Iterator[None]:
    """While something is printed: what the system complains of is no trouble with the user's files.

    Raises:
        StreamError: the stream is closed, or its disk is full.
    """
    try:
        yield
    except OSError as error:
        raise StreamError from error


def _whole(each: "Line | RenderableType") -> str:
    """A piece of a view as plain text that is not wrapped."""
    if isinstance(each, Line):
        return each.plain.rstrip()
    from rich.console import Console  # noqa: PLC0415

    file = io.StringIO()
    Console(file=file, width=_ANY_WIDTH, highlight=False, emoji=False, markup=False).print(each)
    return "\n".join(text.rstrip() for text in file.getvalue().splitlines())


def _substitute(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    text = error.object[error.start : error.end]
    return "".join(_ASCII.get(letter, "?") for letter in text), error.end


def error_view(error: LktError) -> Iterator[Line]:
    """Expected trouble: what happened, where, and what to do."""
    yield line(("Gagal: ", "bold red"), error.message)
    if isinstance(error, ListedError):
        told = [problem for problem in error.problems if problem not in error.message]
        most = _MOST_MISTAKES if isinstance(error, TemplateError) else len(told)
        for problem in told[:most]:
            yield line(f"- {problem}", indent=2)
        if len(told) > most:
            more = f"… dan {len(told) - most} kesalahan lain; semuanya: lkt template check TEMPLAT"
            yield line(more, indent=2)
    if error.hint:
        yield line(error.hint, indent=2)


def typed(path: "Path | str") -> str:
    """A path as it is typed in a command."""
    return f'"{path}"' if any(letter.isspace() or letter in "()&" for letter in str(path)) else str(path)


def with_previous(previous: "Sequence[Path | str] | None") -> str:
    """The options of a command that names the workbooks of earlier quarters, with a blank before them."""
    return "".join(f" --prev {typed(path)}" for path in previous or ())


def screen_width() -> int:
    """The letters of a line on the terminal; a usual one where there is none."""
    return shutil.get_terminal_size((100, 24)).columns if sys.stdout.isatty() else 100


def compact(refs: Iterable[Ref]) -> str:
    """The cells by sheet, with runs down a column as ranges: ``Fasilitasi!C2:C20, F2:F20; Indikator!L2``."""
    sheets: dict[str, dict[str, set[int]]] = {}
    for ref in refs:
        columns = sheets.setdefault(ref.sheet, {})
        row, _ = ref.place
        if row:
            columns.setdefault(ref.cell.rstrip("0123456789"), set()).add(row)
    parts = []
    for sheet, columns in sheets.items():
        cells = (
            f"{column}{first}" if first == last else f"{column}{first}:{column}{last}"
            for column, rows in columns.items()
            for first, last in runs(rows)
        )
        parts.append(f"{sheet}!{', '.join(cells)}" if columns else sheet)
    return "; ".join(parts)


def runs(numbers: Collection[int]) -> Iterator[tuple[int, int]]:
    """The first and the last of numbers that follow each other."""
    known = {*numbers}
    starts = sorted(number for number in known if number - 1 not in known)
    return zip(starts, sorted(number for number in known if number + 1 not in known), strict=True)
