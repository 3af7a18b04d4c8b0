"""What a view prints, and what an HTML page says."""

import io
import re
from html.parser import HTMLParser

from lkt.formats.screen import View, print_view


def printed(view: View) -> str:
    """As it goes to a pipe."""
    stream = io.StringIO()
    print_view(view, stream)
    return stream.getvalue()


class Terminal(io.StringIO):
    """A stream that says it is a terminal; its width is that of the variable COLUMNS."""

    def isatty(self) -> bool:
        return True

    @property
    def lines(self) -> list[str]:
        """What is seen on it, without colours."""
        return re.sub(r"\x1b\[[0-9;]*m", "", self.getvalue()).splitlines()


_VOID = {"meta", "input"}


class Page(HTMLParser):
    """A page taken apart; fails where a tag is not closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.pieces: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_startendtag(tag, attrs)
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] not in (["style"], ["script"]):
            self.pieces.append(data)

    @property
    def text(self) -> str:
        """What is read, on one line."""
        return " ".join(" ".join(self.pieces).split())

    def of(self, name: str) -> list[str]:
        """The values of an attribute."""
        return [attributes[name] for _, attributes in self.tags if name in attributes]

    @property
    def skeleton(self) -> list[tuple[str, list[str]]]:
        """The tags with the names of their attributes."""
        return [(tag, list(attributes)) for tag, attributes in self.tags]

    @property
    def links(self) -> list[str]:
        """Where the page leads to, outside itself."""
        return [address for address in self.of("href") if not address.startswith("#")]
