"""The words of typer in Indonesian: help pages, and complaints about what was typed."""

import re
import sys
from collections.abc import Callable
from typing import Any, TypeVar

import typer
from typer.core import TyperCommand, TyperGroup

from lkt.errors import LktError

Function = TypeVar("Function", bound=Callable[..., Any])

# Help pages ------------------------------------------------------------------------------------------------


class _InIndonesian:
    """What a command and a group have in common: the words of their help page."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """The whole page."""
        from typer import rich_utils  # noqa: PLC0415 - only a call that shows help pays for rich

        from lkt.formats.screen import streaming  # noqa: PLC0415

        rich_utils.ARGUMENTS_PANEL_TITLE = "Argumen"
        rich_utils.OPTIONS_PANEL_TITLE = "Opsi"
        rich_utils.COMMANDS_PANEL_TITLE = "Perintah"
        rich_utils.DEFAULT_STRING = "[bawaan: {}]"
        rich_utils.REQUIRED_LONG_STRING = "[wajib]"
        with streaming():
            super().format_help(ctx, formatter)  # type: ignore[misc]
            sys.stdout.flush()

    def get_usage(self, ctx: Any) -> str:
        """The usage line."""
        usage: str = super().get_usage(ctx)  # type: ignore[misc]
        return usage.replace("Usage: ", "Pemakaian: ", 1)

    def get_help_option(self, ctx: Any) -> Any:
        """The option --help."""
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = "Cetak halaman ini."
        return option


class IndonesianCommand(_InIndonesian, TyperCommand):
    """A command whose help page is in Indonesian."""


class IndonesianGroup(_InIndonesian, TyperGroup):
    """The program itself, or a group of its commands, the help page in Indonesian."""


class IndonesianTyper(typer.Typer):
    """An application all of whose help pages are in Indonesian."""

    def __init__(self, cls: type[IndonesianGroup] = IndonesianGroup, **settings: Any) -> None:
        metavar = "PERINTAH [ARGUMEN]..."
        super().__init__(cls=cls, options_metavar="[OPSI]", subcommand_metavar=metavar, **settings)

    def command(self, name: str | None = None, **settings: Any) -> Callable[[Function], Function]:
        """Make a function a command."""
        return super().command(name, cls=IndonesianCommand, options_metavar="[OPSI]", **settings)


# Values of options -----------------------------------------------------------------------------------------

_QUARTER = re.compile(r"(?:triwulan|tw\.?)?\s*([1-4]|I{1,3}|IV)", re.IGNORECASE)


def quarter(text: str) -> int:
    """The number of a quarter: 2, II, "TW II" and "Triwulan 2" are the same.

    Raises ``typer.BadParameter`` for anything else.
    """
    from lkt.calendar import quarter_number  # noqa: PLC0415 - only lkt new needs it

    match = _QUARTER.fullmatch(text.strip())
    if match is None:
        raise typer.BadParameter("tulis 1, 2, 3, atau 4 (boleh juga I, II, III, IV, atau “TW II”).")
    return quarter_number(match[1])


def year(text: str) -> int:
    """A year from 2000 to 2100 in four figures; raises ``typer.BadParameter`` for anything else."""
    if not re.fullmatch(r"[0-9]{4}", text.strip()):
        raise typer.BadParameter("tulis empat angka, misalnya 2024.")
    if not 2000 <= int(text) <= 2100:
        raise typer.BadParameter("harus 2000 sampai dengan 2100.")
    return int(text)


def processes(text: str) -> int:
    """A number from 1 on; raises ``typer.BadParameter`` for anything else."""
    if not re.fullmatch(r"0*[1-9][0-9]{0,3}", text.strip()):
        raise typer.BadParameter("tulis bilangan bulat mulai 1.")
    return int(text)


# Complaints ------------------------------------------------------------------------------------------------

_COMMANDS = {
    "impor": "import",
    "ambil": "import",
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


def usage_error(error: typer.TyperException) -> LktError | None:
    """A complaint of typer as our own error; None where a group that was called alone printed its help."""
    if type(error).__name__ == "NoArgsIsHelpError":
        return None
    context = getattr(error, "ctx", None)
    program = context.command_path if context is not None else "lkt"
    return LktError(_complaint(error), f"Lihat caranya dengan: {program} --help")


def _complaint(error: typer.TyperException) -> str:
    """What is wrong, told by the kind of exception."""
    option = str(getattr(error, "option_name", ""))
    match type(error).__name__:
        case "NoSuchOption":
            return f"Opsi {option} tidak dikenal.{_option_meant(option, error)}"
        case "BadOptionUsage":
            return f"Opsi {option} memerlukan nilai."
        case "MissingParameter":
            return f"{_subject(error) or 'Argumen'} belum disebut."
        case "BadParameter":
            return f"Nilai {_subject(error)} tidak diterima: {_value(error)}"
    return _other_complaint(error.message)


def _other_complaint(message: str) -> str:
    """A complaint that typer tells by its message alone."""
    if unknown := re.match(r"No such command '(.*?)'", message):
        found = re.search(r"Did you mean '(.*?)'", message)
        guess = _COMMANDS.get(unknown[1].casefold()) or (found and found[1])
        return f"Perintah “{unknown[1]}” tidak dikenal." + (f" Maksud Anda {guess}?" if guess else "")
    if extra := re.match(r"Got unexpected extra argument\S* \((.*)\)", message):
        return f"Ada argumen yang berlebih: {extra[1]}."
    return "Perintah tidak dapat dipahami."


def _subject(error: typer.TyperException) -> str:
    """The option or argument that the complaint is about."""
    parameter: Any = getattr(error, "param", None)
    if parameter is None:
        return ""
    options = [name for name in parameter.opts if name.startswith("-")]
    return options[0] if options else str(parameter.metavar or parameter.name)


def _value(error: typer.TyperException) -> str:
    """What is wrong with a value: it is none of the choices, or what our own parser says."""
    from lkt.indonesian import nearest  # noqa: PLC0415 - only a complaint needs it

    parameter: Any = getattr(error, "param", None)
    choices = [str(getattr(each, "value", each)) for each in getattr(parameter.type, "choices", ())]
    if not choices:
        return error.message
    given = error.message.partition(" is not one of ")[0].strip("'\"")
    guess = nearest(given, choices)
    meant = f" Maksud Anda {guess}?" if guess else ""
    return f"“{given}” bukan salah satu dari {', '.join(choices)}.{meant}"


def _option_meant(option: str, error: typer.TyperException) -> str:
    """Which option may be meant: this one of another command, a similar one here, a similar one there."""
    from lkt.indonesian import join_and, nearest  # noqa: PLC0415 - only a complaint needs it

    owners: dict[str, list[str]] = {}
    context: Any = getattr(error, "ctx", None)
    program: Any = context.find_root().command if context is not None else None
    for name, command in getattr(program, "commands", {}).items():
        for each in (option for parameter in command.params for option in parameter.opts):
            if each.startswith("--"):
                owners.setdefault(each, []).append(f"lkt {name}")
    if option in owners:
        return f" Opsi itu ada pada {join_and(owners[option])}."
    if guesses := getattr(error, "possibilities", None):
        return f" Maksud Anda {' atau '.join(guesses)}?"
    guess = nearest(option, owners)
    return f" Maksud Anda {guess}? Opsi itu ada pada {join_and(owners[guess])}." if guess else ""
