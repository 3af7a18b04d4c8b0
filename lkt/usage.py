"""The words of the command-line library in Indonesian: help pages and complaints about arguments."""

import re
import sys
from collections.abc import Iterable
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from lkt.errors import LktError

_USAGE = "Pemakaian: "
_INDONESIAN = {
    "periksa": "check",
    "cek": "check",
    "susun": "build",
    "buat": "new",
    "baru": "new",
    "tampilkan": "show",
    "lihat": "show",
    "bandingkan": "verify",
    "jelaskan": "explain",
    "aturan": "rules",
    "templat": "template",
    "bantuan": "--help",
    "help": "--help",
}
"""What people type who do not know that commands are English."""


def _format_usage(command: Any, ctx: Any, formatter: Any) -> None:
    formatter.write_usage(ctx.command_path, " ".join(command.collect_usage_pieces(ctx)), prefix=_USAGE)


class IndonesianCommand(TyperCommand):
    """A command whose help page is in Indonesian."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """The usage line."""
        _format_usage(self, ctx, formatter)

    def get_help_option(self, ctx: Any) -> Any:
        """The option --help."""
        return _translated(super().get_help_option(ctx))


class IndonesianGroup(TyperGroup):
    """The program itself, or a group of its commands, the help page in Indonesian."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """The whole page, which a group prints when it is called alone, too."""
        _translate_headings()
        super().format_help(ctx, formatter)

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """The usage line."""
        _format_usage(self, ctx, formatter)

    def get_help_option(self, ctx: Any) -> Any:
        """The option --help."""
        return _translated(super().get_help_option(ctx))


def _translated(option: Any) -> Any:
    if option is not None:
        option.help = "Cetak halaman ini."
        option.metavar = ""
    return option


def translate() -> None:
    """Put the headings of help pages into Indonesian; only a call that shows help pays for rich."""
    if not {"--help", "-h"} & set(sys.argv):
        return
    _translate_headings()


def _translate_headings() -> None:
    from typer import rich_utils  # noqa: PLC0415

    rich_utils.ARGUMENTS_PANEL_TITLE = "Argumen"
    rich_utils.OPTIONS_PANEL_TITLE = "Opsi"
    rich_utils.COMMANDS_PANEL_TITLE = "Perintah"
    rich_utils.DEFAULT_STRING = "[bawaan: {}]"
    rich_utils.REQUIRED_LONG_STRING = "[wajib]"


def is_help(error: typer.TyperException) -> bool:
    """Whether it is no complaint but the help page of a group that was called alone, printed already."""
    return type(error).__name__ == "NoArgsIsHelpError"


def usage_error(error: typer.TyperException) -> LktError:
    """A complaint about arguments as our own error, told by the kind of exception that typer raises."""
    hint = "Lihat caranya dengan: lkt --help"
    context = getattr(error, "ctx", None)
    if context is not None:
        hint = f"Lihat caranya dengan: {context.command_path} --help"
    return LktError(_complaint(error), hint)


def _complaint(error: typer.TyperException) -> str:
    kind = type(error).__name__
    subject = _subject(error)
    match kind:
        case "NoSuchOption":
            option = getattr(error, "option_name", "")
            return f"Opsi {option} tidak dikenal.{_option_meant(option, error)}"
        case "MissingParameter":
            return f"{subject or 'Argumen'} belum disebut."
        case "BadParameter":
            return (
                f"Nilai {subject} tidak diterima: {_values(error.message) or _allowed(error)}{_meant(error)}"
            )
        case "BadOptionUsage":
            return f"Opsi {getattr(error, 'option_name', '')} memerlukan nilai."
    return _plain_complaint(error.message)


def _plain_complaint(message: str) -> str:
    """A complaint that typer tells by its message alone."""
    if unknown := re.match(r"No such command '(.*?)'", message):
        found = re.search(r"Did you mean '(.*?)'", message)
        guess = _INDONESIAN.get(unknown[1].casefold()) or (found and found[1])
        return f"Perintah “{unknown[1]}” tidak dikenal." + (f" Maksud Anda {guess}?" if guess else "")
    if extra := re.match(r"Got unexpected extra argument\S* \((.*)\)", message):
        return f"Ada argumen yang berlebih: {extra[1]}."
    return "Perintah tidak dapat dipahami."


def _option_meant(option: str, error: typer.TyperException) -> str:
    """The option that is meant, perhaps: the same one of another command, one alike here, one alike there."""
    from lkt.indonesian import join_and, nearest  # noqa: PLC0415

    owners = _owners(error)
    if option in owners:
        return f" Opsi itu ada pada {join_and(owners[option])}."
    guesses = getattr(error, "possibilities", None) or ()
    if guesses:
        return f" Maksud Anda {' atau '.join(guesses)}?"
    guess = nearest(option, owners)
    return f" Maksud Anda {guess}? Opsi itu ada pada {join_and(owners[guess])}." if guess else ""


def _owners(error: typer.TyperException) -> dict[str, list[str]]:
    """Long option -> the commands that have it."""
    context: Any = getattr(error, "ctx", None)
    commands = {} if context is None else getattr(context.find_root().command, "commands", {})
    owners: dict[str, list[str]] = {}
    for name, command in commands.items():
        for option in (each for parameter in command.params for each in parameter.opts):
            if option.startswith("--"):
                owners.setdefault(option, []).append(f"lkt {name}")
    return owners


def _meant(error: typer.TyperException) -> str:
    """The value nearest to the one that was given, of an option that takes certain words."""
    from lkt.indonesian import nearest  # noqa: PLC0415

    given = re.match(r"'([^']*)' is not one of ", error.message)
    words = [str(getattr(each, "value", each)) for each in _words(error)]
    guess = nearest(given[1], words) if given else None
    return f" Maksud Anda {guess}?" if guess else ""


def _words(error: typer.TyperException) -> Iterable[object]:
    return getattr(getattr(getattr(error, "param", None), "type", None), "choices", ())


def _subject(error: typer.TyperException) -> str:
    """The option or argument that the complaint is about."""
    parameter = getattr(error, "param", None)
    if parameter is None:
        return ""
    options = [name for name in getattr(parameter, "opts", ()) if name.startswith("-")]
    return options[0] if options else str(getattr(parameter, "metavar", None) or parameter.name)


_VALUES = (
    (r"(?P<value>'[^']*') is not one of (?P<allowed>.*?)\.?$", "{value} bukan salah satu dari {allowed}."),
    (r"less than or equal to (?P<allowed>\S+)", "paling besar {allowed}."),
    (r"greater than or equal to (?P<allowed>\S+)", "paling kecil {allowed}."),
    (r"valid integer", "harus bilangan bulat."),
)


def _values(message: str) -> str:
    """The part of typer's message that tells what is allowed."""
    for pattern, words in _VALUES:
        if match := re.search(pattern, message):
            return words.format(**match.groupdict())
    return ""


def _allowed(error: typer.TyperException) -> str:
    """What the option takes, by its own range or else its help text."""
    parameter = getattr(error, "param", None)
    least, most = getattr(parameter, "min", None), getattr(parameter, "max", None)
    if least is not None and most is not None:
        return f"harus bilangan bulat {least:g} sampai dengan {most:g}."
    return str(getattr(parameter, "help", None) or "periksa nilainya.")
