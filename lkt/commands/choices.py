"""The choices of options; loads nothing, so that help pages stay quick."""

from enum import StrEnum


class Format(StrEnum):
    """How figures are printed."""

    TEXT = "text"
    JSON = "json"


class CheckFormat(StrEnum):
    """How findings are printed; ``text`` goes to the terminal.

    Each of the others is written by the function ``findings`` of the module of its name in ``lkt.formats``.
    """

    TEXT = "text"
    JSON = "json"
    HTML = "html"
    JUNIT = "junit"


FORMAT_NAMES = ", ".join(CheckFormat)
"""For the help of ``--format``."""
