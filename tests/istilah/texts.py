"""Every text that the user reads, and where it stands; the checks of this folder go over all of them.

Left out are files whose wrong words are meant, and the pages in English.
"""

import ast
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import typer.main
from lxml import etree

from docs.build import pages
from docs.istilah import read_glossary
from lkt.cli import app
from lkt.rules import RULES
from lkt.workbook.new import new_contents
from lkt.workbook.roster import Kecamatan
from lkt.workbook.writer import write_workbook

ROOT = Path(__file__).parents[2]

MEANT = {
    "examples/kekeliruan.py": "the mistakes of the made-up workbooks",
    "examples/data/senduro-2024-tw1-asli.md": "the source report as printed",
    "tests/golden/senduro-2024-tw1-asli.txt": "its report",
    "docs/istilah.md": "names the forms that are not used; made from istilah.toml, which is read instead",
}
"""Files that are left out, with the reason."""

GAP = "…"
"""Stands for what an f-string or a template fills in."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text the user reads, and where it stands."""

    place: str
    text: str


# Indonesian or not -----------------------------------------------------------------------------------------

REVIEWED = Path(__file__).with_name("kata.txt")
"""The words that someone has looked at (``tests.istilah.kata``); they tell Indonesian from English."""

_ENGLISH = frozenset(
    re.findall(
        r"\w+",
        "the of is are and that with for which not its their no each what this be as by from one in it on "
        "was were bold a an or only to another any open use none getting",
    )
)
_NAME = re.compile(r"[a-z0-9_.%\[\]-]*")
_TECHNICAL = re.compile(
    r"\+xml$|\\[bswdA-Z(.]|<[a-z/!?]|\(\?|\w\|\w+\||'(?:none|self)'"  # patterns, XML
    r"|^\{?=|\[\[|[A-Z]{2,}\(|\w\[\w|^\[\w+\.\w+\]$|\w\(\"|^\"|#,##|^#[A-Z]|[dmyhs]{2}[/:-]"  # formulas
    r"|^(?:[\w.]*[_.]\w*|…|,| )+$|^/?[\w-]+/[\w./{}…+%-]+$|^\W*\w{1,3}\W*$|^[a-z]+:\w+|^\w+ \| \w+$"  # names
)
WORD = re.compile(r"[^\W\d_]{2,}")


@cache
def reviewed() -> tuple[str, ...]:
    """The words of kata.txt."""
    return tuple(REVIEWED.read_text(encoding="utf-8").split())


@cache
def _indonesian() -> frozenset[str]:
    return frozenset(reviewed()) - _ENGLISH


def speaks_indonesian(text: str) -> bool:
    """Whether at least half of the words of a text are Indonesian, and more than are English."""
    words = [word.lower() for word in WORD.findall(text)]
    ours, theirs = (sum(word in known for word in words) for known in (_indonesian(), _ENGLISH))
    return ours > theirs and 2 * ours >= len(words)


def is_indonesian(text: str) -> bool:
    """Whether a string of the code is meant for the user, who reads Indonesian."""
    return not _NAME.fullmatch(text) and not _TECHNICAL.search(text) and speaks_indonesian(text)


# Kinds of documents ----------------------------------------------------------------------------------------


def python_texts(source: str, place: str) -> Iterator[Text]:
    """The Indonesian strings of a module but its docstrings; an f-string is one text, with gaps."""
    found = _strings(ast.parse(source))
    return (Text(f"{place}:{line}", text) for line, text in found if is_indonesian(text))


def _strings(node: ast.AST) -> Iterator[tuple[int, str]]:
    for child in ast.iter_child_nodes(node):
        match child:
            case ast.JoinedStr():
                constant = [isinstance(part, ast.Constant) for part in child.values]
                parts = list(zip(child.values, constant, strict=True))
                yield child.lineno, "".join(str(part.value) if known else GAP for part, known in parts)  # type: ignore[attr-defined]
                for part, known in parts:
                    yield from () if known else _strings(part)
            case ast.Constant(value=str(text)):
                yield child.lineno, text
            case ast.Expr(value=ast.Constant()):
                pass  # a docstring
            case ast.Call(func=ast.Name(id="words") | ast.Attribute(attr="split", value=ast.Constant())):
                pass  # words that the program looks for, not what it says
            case _:
                yield from _strings(child)


_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_QUOTED = re.compile(r'"([^"]*)"')


def template_texts(text: str, place: str) -> Iterator[Text]:
    """What a template prints by itself, and the Indonesian texts of its tags."""
    yield Text(place, _TAG.sub(GAP, text))
    for tag in _TAG.findall(text):
        yield from (Text(place, quoted) for quoted in _QUOTED.findall(tag) if is_indonesian(quoted))


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WORDS: Mapping[str, Callable[[Any], str]] = {
    f"{_W}t": lambda part: part.text or "",
    f"{_W}tab": lambda _: "\t",
    f"{_W}br": lambda _: "\n",
}
_WORD_PART = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")


def word_texts(document: bytes, place: str) -> Iterator[Text]:
    """The paragraphs of every part of a Word template, and the texts inside its tags."""
    with zipfile.ZipFile(BytesIO(document)) as package:
        for name in filter(_WORD_PART.fullmatch, package.namelist()):
            paragraphs = etree.fromstring(package.read(name)).iter(f"{_W}p")
            for number, paragraph in enumerate(paragraphs, start=1):
                text = "".join(_WORDS[str(part.tag)](part) for part in paragraph.iter(*_WORDS))
                yield from template_texts(text, f"{place}, {name} paragraf {number}")


def html_texts(page: str, place: str) -> Iterator[Text]:
    """The text between the elements of an HTML template, its spoken labels, and the texts of its tags."""
    page = re.sub(r"<style.*?</style>|<script.*?</script>", "", page, flags=re.DOTALL)
    for label in re.findall(r'(?:aria-label|title|placeholder)="([^"{]*)"', page):
        yield Text(place, label)
    for piece in template_texts(re.sub(r"<[^>]*>", "\n", page), place):
        yield from (Text(place, line.strip()) for line in piece.text.splitlines())


def quoted_texts(script: str, place: str) -> Iterator[Text]:
    """The Indonesian strings of a script."""
    for number, line in enumerate(script.splitlines(), start=1):
        yield from (Text(f"{place}:{number}", text) for text in _QUOTED.findall(line) if is_indonesian(text))


def _without_code(page: str) -> str:
    """Markdown without its blocks of code, each line where it was."""
    fenced = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
    return fenced.sub(lambda block: "\n" * block[0].count("\n"), page)


def markdown_texts(page: str, place: str) -> Iterator[Text]:
    """The lines of a page, each cell of a table by itself."""
    for number, line in enumerate(_without_code(page).splitlines(), start=1):
        yield from (Text(f"{place}:{number}", cell.strip()) for cell in re.split(r"\s*\|\s*|<br>", line))


def _page(content: str, place: str) -> Iterator[Text]:
    """A page for users; what is made from the program is read there, and English is for developers."""
    if place.removeprefix("docs/") not in pages() and speaks_indonesian(_without_code(content)):
        yield from markdown_texts(content, place)


def golden_texts(dump: str, place: str) -> Iterator[Text]:
    """The paragraphs and cells of a golden report."""
    golden = re.compile(r"\[.*?\].*? (?P<text>'.*'|\".*\")(?: \[\d+ gambar\])?")
    for number, line in enumerate(dump.splitlines(), start=1):
        found = golden.fullmatch(line)
        texts = [ast.literal_eval(found["text"])] if found else re.split(r" [|¶↵] ", line)
        yield from (Text(f"{place}:{number}", text.strip()) for text in texts)


def json_texts(content: str, place: str) -> Iterator[Text]:
    """Every string among the values of JSON."""

    def strings(value: object) -> Iterator[Text]:
        match value:
            case str():
                yield Text(place, value)
            case dict() | list():
                for each in value.values() if isinstance(value, dict) else value:
                    yield from strings(each)

    return strings(json.loads(content))


# Where they stand ------------------------------------------------------------------------------------------


def _files(pattern: str) -> Iterator[tuple[Path, str]]:
    places = ((path, path.relative_to(ROOT).as_posix()) for path in sorted(ROOT.glob(pattern)))
    return ((path, place) for path, place in places if place not in MEANT)


def _from_files(pattern: str, read: Callable[[str, str], Iterator[Text]]) -> Callable[[], Iterator[Text]]:
    """What ``read`` finds in each file, given its content and its path."""
    return lambda: (
        text for path, place in _files(pattern) for text in read(path.read_text(encoding="utf-8"), place)
    )


def _rules() -> Iterator[Text]:
    for rule in RULES:
        parts = {"": rule.title, " Mengapa": rule.why, " Perbaikan": rule.repair, " Dasar": rule.basis}
        yield from (Text(f"lkt explain {rule.code}{part}", text) for part, text in parts.items())


def _help(command: Any, path: str) -> Iterator[Text]:
    for text in (command.help, command.epilog):
        yield Text(f"{path} --help", text or "")
    for parameter in command.params:
        yield Text(f"{path} --help, {parameter.name}", getattr(parameter, "help", "") or "")
    for name, each in getattr(command, "commands", {}).items():
        yield from _help(each, f"{path} {name}")


def _blank_workbook() -> Iterator[Text]:
    """Its cells, notes, messages of data validation, tips and names of sheets."""
    attributes = ("promptTitle", "prompt", "errorTitle", "error", "tooltip", "name")
    blank = write_workbook(
        new_contents(Kecamatan("", "Contoh", (("", "Sukamulya"),), kabupaten="Contoh"), 2025, 2)
    )
    with zipfile.ZipFile(BytesIO(blank)) as package:
        for name in (name for name in sorted(package.namelist()) if name.endswith(".xml")):
            part = etree.fromstring(package.read(name))
            for element in part.iter("{*}t", "{*}dataValidation", "{*}hyperlink", "{*}sheet"):
                said = (element.text, *(element.get(attribute) for attribute in attributes))
                yield from (Text(f"lkt new, {name}", text) for text in said if text)


SOURCES: dict[str, Callable[[], Iterator[Text]]] = {
    "strings of the program": _from_files("lkt/**/*.py", python_texts),
    "rules": _rules,
    "help of the commands": lambda: _help(typer.main.get_command(app), "lkt"),
    "Word templates": lambda: (
        text for path, place in _files("templates/*.docx") for text in word_texts(path.read_bytes(), place)
    ),
    "HTML templates": _from_files("lkt/**/*.j2", html_texts),
    "scripts of the recap": _from_files("lkt/**/*.js", quoted_texts),
    "data of the program": _from_files("lkt/data/*.json", json_texts),
    "pages for users": _from_files("docs/**/*.md", _page),
    "glossary": lambda: (
        Text(f"docs/istilah.toml, {term.istilah}", f"{term.istilah}: {term.arti}")
        for term in read_glossary().terms
    ),
    "blank workbook": _blank_workbook,
    "strings of the examples": _from_files("examples/*.py", python_texts),
    "tables of the examples": _from_files("examples/data/*.md", markdown_texts),
    "golden reports": _from_files("tests/golden/*.txt", golden_texts),
}
"""Name -> its texts."""
