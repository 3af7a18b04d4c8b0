"""The words of the command-line library in Indonesian: help pages and complaints about arguments."""

import re
import sys
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from lkt.errors import LktError

_USAGE = "Pemakaian: "


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
    """The program itself, its help page in Indonesian."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """The usage line."""
        _format_usage(self, ctx, formatter)

    def get_help_option(self, ctx: Any) -> Any:
        """The option --help."""
        return _translated(super().get_help_option(ctx))


def _translated(option: Any) -> Any:
    if option is not None:
        option.help = "Cetak halaman ini."
    return option


def translate() -> None:
    """Put the headings of help pages into Indonesian; only a call that shows help pays for rich."""
    if len(sys.argv) > 1 and not {"--help", "-h"} & set(sys.argv):
        return
    from typer import rich_utils  # noqa: PLC0415

    rich_utils.ARGUMENTS_PANEL_TITLE = "Argumen"
    rich_utils.OPTIONS_PANEL_TITLE = "Opsi"
    rich_utils.COMMANDS_PANEL_TITLE = "Perintah"
    rich_utils.DEFAULT_STRING = "[bawaan: {}]"
    rich_utils.REQUIRED_LONG_STRING = "[wajib]"


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
            guesses = getattr(error, "possibilities", None) or ()
            return f"Opsi {option} tidak dikenal." + (f" Maksud Anda {' atau '.join(guesses)}?" if guesses else "")
        case "MissingParameter":
            return f"{subject or 'Argumen'} belum disebut."
        case "BadParameter":
            return f"Nilai {subject} tidak diterima: {_values(error.message)}"
        case "BadOptionUsage":
            return f"Opsi {getattr(error, 'option_name', '')} memerlukan nilai."
    if unknown := re.match(r"No such command '(.*?)'", error.message):
        return f"Perintah “{unknown[1]}” tidak dikenal."
    if error.message.startswith("Got unexpected extra argument"):
        return "Ada argumen yang berlebih" + error.message.removeprefix("Got unexpected extra argument").replace("s (", " (")
    return "Perintah tidak dapat dipahami."


def _subject(error: typer.TyperException) -> str:
    """The option or argument that the complaint is about."""
    parameter = getattr(error, "param", None)
    if parameter is None:
        return ""
    options = [name for name in getattr(parameter, "opts", ()) if name.startswith("-")]
    return options[0] if options else str(getattr(parameter, "metavar", None) or parameter.name)


def _values(message: str) -> str:
    """The part of typer's message that names the value and what is allowed."""
    if choice := re.match(r"(?P<value>'.*?') is not one of (?P<choices>.*?)\.?$", message):
        return f"{choice['value']} bukan salah satu dari {choice['choices']}."
    if interval := re.match(r"(?P<value>\S+) is not in the range (?P<range>.*?)\.?$", message):
        return f"{interval['value']} di luar rentang {interval['range']}."
    if number := re.match(r"(?P<value>'.*?') is not a valid (integer|int|float)", message):
        return f"{number['value']} bukan bilangan."
    return "periksa nilainya."
