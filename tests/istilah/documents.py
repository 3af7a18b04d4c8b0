"""The texts of Word and HTML templates, of pages in Markdown, of JSON, workbooks and golden reports."""

import ast
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from typing import Any

from lxml import etree

from tests.istilah.texts import GAP, Text, is_indonesian

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WORDS: Mapping[str, Callable[[Any], str]] = {
    f"{_W}t": lambda part: part.text or "",
    f"{_W}tab": lambda _: "\t",
    f"{_W}br": lambda _: "\n",
}
_WORD_PART = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_QUOTED = re.compile(r'"([^"]*)"')
_SPOKEN = re.compile(r'(?:aria-label|title|placeholder)="([^"{]*)"')
_CODE = re.compile(r"<style.*?</style>|<script.*?</script>", re.DOTALL)
_FENCED = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
_GOLDEN = re.compile(r"\[.*?\].*? (?P<text>'.*'|\".*\")(?: \[\d+ gambar\])?")


def word_texts(document: bytes, place: str) -> Iterator[Text]:
    """The paragraphs of every part of a Word template, and the texts inside its tags."""
    with zipfile.ZipFile(BytesIO(document)) as package:
        for name in filter(_WORD_PART.fullmatch, package.namelist()):
            paragraphs = etree.fromstring(package.read(name)).iter(f"{_W}p")
            for number, paragraph in enumerate(paragraphs, start=1):
                text = "".join(_WORDS[str(part.tag)](part) for part in paragraph.iter(*_WORDS))
                yield from template_texts(text, f"{place}, {name} paragraf {number}")


def template_texts(text: str, place: str) -> Iterator[Text]:
    """What a template prints by itself, and the Indonesian texts of its tags."""
    yield Text(place, _TAG.sub(GAP, text))
    for tag in _TAG.findall(text):
        yield from (Text(place, quoted) for quoted in _QUOTED.findall(tag) if is_indonesian(quoted))


def html_texts(page: str, place: str) -> Iterator[Text]:
    """The text between the elements of an HTML template, its spoken labels, and the texts of its tags."""
    page = _CODE.sub("", page)
    yield from (Text(place, label) for label in _SPOKEN.findall(page))
    for piece in template_texts(re.sub(r"<[^>]*>", "\n", page), place):
        yield from (Text(place, line.strip()) for line in piece.text.splitlines())


def quoted_texts(script: str, place: str) -> Iterator[Text]:
    """The Indonesian strings of a script."""
    for number, line in enumerate(script.splitlines(), start=1):
        yield from (Text(f"{place}:{number}", text) for text in _QUOTED.findall(line) if is_indonesian(text))


def without_code(page: str) -> str:
    """Markdown without its blocks of code, each line where it was."""
    return _FENCED.sub(lambda block: "\n" * block[0].count("\n"), page)


def markdown_texts(page: str, place: str) -> Iterator[Text]:
    """The lines of a page, each cell of a table by itself."""
    for number, line in enumerate(without_code(page).splitlines(), start=1):
        yield from (Text(f"{place}:{number}", cell.strip()) for cell in re.split(r"\s*\|\s*|<br>", line))


def golden_texts(dump: str, place: str) -> Iterator[Text]:
    """The paragraphs and cells of a golden report."""
    for number, line in enumerate(dump.splitlines(), start=1):
        found = _GOLDEN.fullmatch(line)
        texts = [ast.literal_eval(found["text"])] if found else re.split(r" [|¶↵] ", line)
        yield from (Text(f"{place}:{number}", text.strip()) for text in texts)


def json_texts(value: object) -> Iterator[str]:
    """Every string among the values of JSON that was read."""
    match value:
        case str():
            yield value
        case dict():
            for each in value.values():
                yield from json_texts(each)
        case list():
            for each in value:
                yield from json_texts(each)


def sheet_texts(part: bytes) -> Iterator[str]:
    """The texts of a part of a workbook: cells, notes, messages of data validation, tips, names of sheets."""
    attributes = ("promptTitle", "prompt", "errorTitle", "error", "tooltip", "name")
    for element in etree.fromstring(part).iter("{*}t", "{*}dataValidation", "{*}hyperlink", "{*}sheet"):
        yield from filter(None, (element.text, *(element.get(name) for name in attributes)))
