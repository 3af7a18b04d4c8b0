"""The choices of options; loads nothing, so that help pages stay quick."""

from enum import StrEnum


class Format(StrEnum):
    """How figures are printed."""

    TEXT = "text"
    JSON = "json"


class CheckFormat(StrEnum):
    """How findings are printed; ``text`` goes to the terminal, the others are one text each."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"
    JUNIT = "junit"


class Shell(StrEnum):
    """The shells that complete what is typed."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"
    POWERSHELL = "powershell"
