"""Outputs for people and programs: from a ``Result`` to text; the caller prints or writes it."""

from enum import StrEnum


class Format(StrEnum):
    """How the other commands print."""

    TEXT = "text"
    JSON = "json"


class ShowFormat(StrEnum):
    """How figures are shown; a page can be printed."""

    TEXT = "text"
    HTML = "html"
    JSON = "json"


class CheckFormat(StrEnum):
    """How findings are printed; ``text`` goes to the terminal.

    Each of the others is made by the function ``findings`` of the module of its name in ``lkt.formats``.
    """

    TEXT = "text"
    JSON = "json"
    HTML = "html"
