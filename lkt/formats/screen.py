"""Lines on a screen or a pipe; plain on an old console.

A view is a list of lines, each with its indent: a terminal gets colour and wraps them under their indent, a
pipe gets each whole, so that what is searched for stays on one line.
"""

import codecs
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO, Any

from lkt.errors import ListedError, LktError

_ASCII = {
    "−": "-", "→": "->", "Σ": "jumlah ", "≥": ">=", "≤": "<=", "✓": "v", "✗": "x", "☐": "[ ]", "•": "-",
}  # fmt: skip
_NARROWEST = 20

Part = str | tuple[str, str]
"""A piece of text, or one with its style: ``bold red``."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a view, indented by a number of columns."""

    parts: tuple[Part, ...] = ()
    indent: int = 0

    @property
    def plain(self) -> str:
        """The line without styles."""
        return " " * self.indent + "".join(part if isinstance(part, str) else part[0] for part in self.parts)


View = Iterable[Line]


def line(*parts: Part, indent: int = 0) -> Line:
    """A line of pieces."""
    return Line(parts, indent)


def print_view(view: View, file: IO[str]) -> None:
    """Print a view; what the encoding of the stream lacks is shown by plain signs."""
    codecs.register_error("lkt", _substitute)
    reconfigure: Any = getattr(file, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="lkt")
    if file.isatty():
        _print_styled(view, file)
    else:
        file.writelines(f"{each.plain.rstrip()}\n" for each in view)


def _print_styled(view: View, file: IO[str]) -> None:
    from rich.console import Console  # noqa: PLC0415 - a pipe does without colour and without its cost
    from rich.text import Text  # noqa: PLC0415

    console = Console(file=file, highlight=False, emoji=False)
    for each in view:
        text = Text.assemble(*each.parts)
        wrapped = text.wrap(console, max(_NARROWEST, console.width - each.indent)) or [text]
        for part in wrapped:
            console.print(Text(" " * each.indent) + part, soft_wrap=True)


def _substitute(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end]
    return "".join(_ASCII.get(letter, "?") for letter in text), error.end


def error_view(error: LktError) -> Iterator[Line]:
    """Expected trouble: what happened, where, and what to do."""
    yield line(("Gagal: ", "bold red"), error.message)
    if isinstance(error, ListedError):
        for problem in error.problems:
            if problem not in error.message:
                yield line(f"- {problem}", indent=2)
    if error.hint:
        yield line(error.hint, indent=2)
