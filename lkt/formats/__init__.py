"""Outputs for people and programs: from a ``Result`` to text; the caller prints or writes it."""

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


FORMAT_NAMES = ", ".join(CheckFormat)
"""For the help of ``--format``."""


class Shell(StrEnum):
    """The shells that complete what is typed."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"
    POWERSHELL = "powershell"
