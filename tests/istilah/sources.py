"""Every text that the user reads, and where it stands: the checks of this folder go over all of them.

Left out are files whose wrong words are meant, and the pages in English.
"""

import json
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Any

import typer.main

from docs.build import pages
from docs.istilah import read_glossary
from lkt.cli import app
from lkt.rules import RULES
from lkt.workbook.new import new_contents
from lkt.workbook.writer import write_workbook
from tests.istilah.documents import (
    golden_texts,
    html_texts,
    json_texts,
    markdown_texts,
    quoted_texts,
    sheet_texts,
    without_code,
    word_texts,
)
from tests.istilah.strings import python_texts
from tests.istilah.texts import Text, speaks_indonesian

ROOT = Path(__file__).parents[2]

MEANT = {
    "examples/kekeliruan.py": "the mistakes of the made-up workbooks",
    "examples/photos.py": "draws, with the letters of its own font",
    "examples/data/senduro-2024-tw1-asli.md": "the source report as printed",
    "tests/golden/senduro-2024-tw1-asli.txt": "its report",
    "docs/istilah.md": "names the forms that are not used; made from istilah.toml, which is read instead",
}
"""Files that are left out, with the reason."""


def all_texts() -> Iterator[Text]:
    """Every text of every source."""
    return chain.from_iterable(read() for read in SOURCES.values())


def _from_files(pattern: str, read: Callable[[str, str], Iterator[Text]]) -> Callable[[], Iterator[Text]]:
    """What ``read`` finds in each file, given its content and its path."""

    def texts() -> Iterator[Text]:
        for path, place in _files(pattern):
            yield from read(path.read_text(encoding="utf-8"), place)

    return texts


def _files(pattern: str) -> Iterator[tuple[Path, str]]:
    places = ((path, path.relative_to(ROOT).as_posix()) for path in sorted(ROOT.glob(pattern)))
    return ((path, place) for path, place in places if place not in MEANT)


def _rules() -> Iterator[Text]:
    for rule in RULES:
        parts = {"": rule.title, " Mengapa": rule.why, " Perbaikan": rule.repair, " Dasar": rule.basis}
        yield from (Text(f"lkt explain {rule.code}{part}", text) for part, text in parts.items())


def _help() -> Iterator[Text]:
    return _help_of(typer.main.get_command(app), "lkt")


def _help_of(command: Any, path: str) -> Iterator[Text]:
    for text in (command.help, command.epilog):
        yield Text(f"{path} --help", text or "")
    for parameter in command.params:
        yield Text(f"{path} --help, {parameter.name}", getattr(parameter, "help", "") or "")
    for name, each in getattr(command, "commands", {}).items():
        yield from _help_of(each, f"{path} {name}")


def _word_templates() -> Iterator[Text]:
    for path, place in _files("templates/*.docx"):
        yield from word_texts(path.read_bytes(), place)


def _json_texts(content: str, place: str) -> Iterator[Text]:
    return (Text(place, text) for text in json_texts(json.loads(content)))


def _page(content: str, place: str) -> Iterator[Text]:
    """A page for users; what is made from the program is read there, and English is for developers."""
    made = place.removeprefix("docs/") in pages()
    if made or not speaks_indonesian(without_code(content)):
        return iter(())
    return markdown_texts(content, place)


def _glossary() -> Iterator[Text]:
    for term in read_glossary().terms:
        yield Text(f"docs/istilah.toml, {term.istilah}", f"{term.istilah}: {term.arti}")


def _blank_workbook() -> Iterator[Text]:
    blank = write_workbook(new_contents("Contoh", 2025, 2, kabupaten="Contoh", desa=[("", "Sukamulya")]))
    with zipfile.ZipFile(BytesIO(blank)) as package:
        for name in sorted(package.namelist()):
            if name.endswith(".xml"):
                yield from (Text(f"lkt new, {name}", text) for text in sheet_texts(package.read(name)))


SOURCES: dict[str, Callable[[], Iterator[Text]]] = {
    "strings of the program": _from_files("lkt/**/*.py", python_texts),
    "rules": _rules,
    "help of the commands": _help,
    "Word templates": _word_templates,
    "HTML templates": _from_files("lkt/**/*.j2", html_texts),
    "scripts of the recap": _from_files("lkt/**/*.js", quoted_texts),
    "data of the program": _from_files("lkt/data/*.json", _json_texts),
    "pages for users": _from_files("docs/**/*.md", _page),
    "glossary": _glossary,
    "blank workbook": _blank_workbook,
    "strings of the examples": _from_files("examples/*.py", python_texts),
    "tables of the examples": _from_files("examples/data/*.md", markdown_texts),
    "golden reports": _from_files("tests/golden/*.txt", golden_texts),
}
"""Name -> its texts."""
