"""The page of all commands, from the program's own command line."""

from collections.abc import Iterator
from typing import Any

import typer

from docs.markdown import MADE, page, table
from lkt.cli import app

_EXITS = (
    ("0", "Selesai, tanpa kesalahan."),
    (
        "1",
        "Ada yang perlu diperbaiki: kesalahan di buku kerja atau templat, atau angka laporan yang berbeda.",
    ),
    ("2", "Perintahnya keliru, atau berkasnya tidak dapat dibaca."),
    ("130", "Dihentikan dengan Ctrl+C."),
)


def command_page() -> str:
    """The whole page."""
    root = typer.main.get_command(app)
    return page(
        "# Perintah",
        "Semua perintah dijalankan di jendela Terminal atau PowerShell, di folder buku kerja. "
        "`lkt PERINTAH --help` mencetak keterangan yang sama.",
        *_all(root, "lkt"),
        "## Kode keluar",
        "Bagi program lain yang menjalankan `lkt`; perintah dapat menyebut artinya sendiri di atas.",
        table(("Kode", "Arti"), _EXITS),
        MADE,
    )


def commands(command: Any, name: str) -> Iterator[tuple[str, Any]]:
    """Every command that does something, with its full name, in the order of work."""
    if not hasattr(command, "commands"):
        yield name, command
        return
    for child in command.list_commands(None):
        yield from commands(command.commands[child], f"{name} {child}")


def _all(root: Any, name: str) -> Iterator[str]:
    found = list(commands(root, name))
    yield table(("Perintah", "Gunanya"), [(f"`{each}`", _first_line(command)) for each, command in found])
    for each, command in found:
        yield f"## {each}"
        yield "\n\n".join(_paragraphs(command.help or ""))
        yield f"Pemakaian: `{' '.join([each, *_usage(command)])}`"
        yield _parameters("Argumen", _arguments(command))
        yield _parameters("Opsi", _options(command))


def _first_line(command: Any) -> str:
    return _paragraphs(command.help or "")[0]


def _paragraphs(text: str) -> list[str]:
    return [" ".join(part.split()) for part in text.strip().split("\n\n")]


def _usage(command: Any) -> Iterator[str]:
    yield "[OPSI]"
    for parameter in command.params:
        if parameter.param_type_name == "argument":
            yield _metavar(parameter)


def _arguments(command: Any) -> list[tuple[str, str]]:
    return [
        (f"`{_metavar(each)}`", _told(each)) for each in command.params if each.param_type_name == "argument"
    ]


def _options(command: Any) -> list[tuple[str, str]]:
    options = [each for each in command.params if each.param_type_name == "option" and not each.hidden]
    return [(_names(each), _told(each)) for each in options]


def _names(option: Any) -> str:
    value = "" if option.is_flag else f" {_metavar(option)}"
    return ", ".join(f"`{name}{value}`" for name in option.opts)


def _metavar(parameter: Any) -> str:
    if parameter.metavar is not None:
        return str(parameter.metavar)
    choices = getattr(parameter.type, "choices", None)
    return "|".join(str(getattr(each, "value", each)) for each in choices) if choices else "NILAI"


def _told(parameter: Any) -> str:
    told = str(parameter.help or "")
    if parameter.required:
        return told if parameter.param_type_name == "argument" else f"{told} Wajib."
    if parameter.default not in {None, ""} and not getattr(parameter, "is_flag", False):
        return f"{told} Bila tidak disebut: {getattr(parameter.default, 'value', parameter.default)}."
    return told


def _parameters(heading: str, rows: list[tuple[str, str]]) -> str:
    return table((heading, "Keterangan"), rows) if rows else ""
