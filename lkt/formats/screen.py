"""Lines on a screen or a pipe, by rich; plain on an old console.

A view is a list of lines, each with its indent: a terminal wraps them under their indent, a pipe gets each
whole, so that what is searched for stays on one line.
"""

import codecs
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO, Any

from rich.console import Console
from rich.text import Text

from lkt.errors import LktError, TemplateError

_ASCII = {
    "−": "-", "→": "->", "Σ": "jumlah ", "≥": ">=", "≤": "<=", "✓": "v", "✗": "x", "☐": "[ ]", "•": "-",
}  # fmt: skip
_NARROWEST = 20


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a view, indented by a number of columns."""

    text: Text
    indent: int = 0


View = Iterable[Line]


def print_view(view: View, file: IO[str]) -> None:
    """Print a view; what the encoding of the stream lacks is shown by plain signs."""
    codecs.register_error("lkt", _substitute)
    reconfigure: Any = getattr(file, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="lkt")
    console = Console(file=file, highlight=False, emoji=False)
    for line in view:
        for part in _wrapped(line, console):
            console.print(Text(" " * line.indent) + part if part else "", soft_wrap=True)


def _wrapped(line: Line, console: Console) -> Iterable[Text]:
    if not console.is_terminal or not line.text:
        return [line.text]
    return line.text.wrap(console, max(_NARROWEST, console.width - line.indent))


def _substitute(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end]
    return "".join(_ASCII.get(letter, "?") for letter in text), error.end


def error_view(error: LktError) -> Iterator[Line]:
    """Expected trouble: what happened, where, and what to do."""
    yield Line(Text.assemble(("Gagal: ", "bold red"), error.message))
    if isinstance(error, TemplateError):
        for problem in error.problems:
            yield Line(Text(f"- {problem}"), 2)
    if error.hint:
        yield Line(Text(error.hint), 2)
