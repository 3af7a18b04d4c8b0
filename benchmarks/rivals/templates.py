"""Equal templates: our own one without what only lkt has, for docxtpl, and with MERGEFIELDs for mail merge.

Lists of contents, numbered captions, references, charts and pictures become plain text or go; every other
paragraph, table, loop and condition stays. lkt is measured with the reduced template too.
"""

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field

from lxml import etree

from lkt.report.build import default_template
from lkt.wordtemplate.document import (
    TBL,
    TC,
    TR,
    Element,
    P,
    R,
    T,
    ancestor,
    element,
    open_package,
    parse,
    remove,
    serialize,
    w,
    write_parts,
)

_ONLY_OURS = (
    (re.compile(r"\{#.*?#\}"), ""),
    (re.compile(r"\{\{ *tabel\(.*?\) *\}\}"), "Tabel"),
    (re.compile(r"\{\{ *gambar\(.*?\) *\}\}"), "Gambar"),
    (re.compile(r"\{\{ *rujuk\(.*?\) *\}\}"), "tabel berikut"),
    (re.compile(r"\{\{ *daftar_\w+\(\) *\}\}"), ""),
    (re.compile(r"\{\{ *(?:grafik\.\w+|logo|k\.foto) *\}\}"), ""),
)
_FIELD = re.compile(r"\{\{ *([\w.]+)(?:\|\w+)* *\}\}")
_STATEMENT = re.compile(r"\{%.*?%\}")
_ROW_LOOP = re.compile(r"\{%tr for (\w+) in ([\w.]+) %\}")
_LOOP = re.compile(r"\{%p for (\w+) in ([\w.]+) %\}")


def reduced_template() -> bytes:
    """Our template in what docxtpl knows too."""
    package, main = open_package(default_template(), "templat")
    root = parse(package.parts[main])
    for text in root.iter(T):
        for pattern, plain in _ONLY_OURS:
            text.text = pattern.sub(plain, text.text or "")
    package.parts[main] = serialize(root)
    return write_parts(package.parts)


@dataclass
class MergePlan:
    """What stands behind the fields of a mail merge.

    Attributes:
        fields: name of a field -> path in the context.
        rows: name of a row's first field -> path of its list, and name of each field -> path in an item.
    """

    fields: dict[str, str] = field(default_factory=dict)
    rows: dict[str, tuple[str, dict[str, str]]] = field(default_factory=dict)


def merge_template() -> tuple[bytes, dict[str, object]]:
    """The reduced template with MERGEFIELDs, and the plan of its fields.

    Mail merge knows rows that repeat, and nothing else: conditions go and both their texts stay, a loop over
    paragraphs is written once, with its first item.
    """
    package, main = open_package(reduced_template(), "templat")
    root, plan = parse(package.parts[main]), MergePlan()
    first_items = {name: f"{path}.0" for name, path in _loops(root)}
    for row, name, path in list(_rows(root)):
        _fields_of_row(row, name, _rooted(path, first_items), plan)
    for paragraph in list(root.iter(P)):
        _fields_of_paragraph(paragraph, first_items, plan)
    package.parts[main] = serialize(root)
    return write_parts(package.parts), asdict(plan)


def _loops(root: Element) -> Iterator[tuple[str, str]]:
    known: dict[str, str] = {}
    for text in root.iter(T):
        for name, path in _LOOP.findall(text.text or ""):
            known.setdefault(name, _rooted(path, {key: f"{value}.0" for key, value in known.items()}))
    yield from known.items()


def _rooted(path: str, names: dict[str, str]) -> str:
    head, dot, rest = path.partition(".")
    return f"{names.get(head, head)}{dot}{rest}"


def _rows(root: Element) -> Iterator[tuple[Element, str, str]]:
    """The row inside each row loop, with the loop's name and list; rows of statements go."""
    for row in list(root.iter(TR)):
        text = "".join(piece.text or "" for piece in row.iter(T))
        loop = _ROW_LOOP.search(text)
        inside = row.getnext()
        if loop and inside is not None:
            yield inside, loop[1], loop[2]
    for row in list(root.iter(TR)):
        if "{%tr" in "".join(piece.text or "" for piece in row.iter(T)):
            remove(row)


def _fields_of_row(row: Element, name: str, path: str, plan: MergePlan) -> None:
    number, inside = len(plan.rows), dict[str, str]()
    for paragraph in list(row.iter(P)):
        for expression in _replaced(paragraph, f"r{number}_{len(inside)}_"):
            merged, expr = expression
            inside[merged] = expr.removeprefix(f"{name}.")
    if inside:
        plan.rows[next(iter(inside))] = path, inside


def _fields_of_paragraph(paragraph: Element, first_items: dict[str, str], plan: MergePlan) -> None:
    text = "".join(piece.text or "" for piece in paragraph.iter(T))
    if "{%p" in text and len(list(_cell_paragraphs(paragraph))) != 1:
        remove(paragraph)
        return
    for name, path in _replaced(paragraph, f"f{len(plan.fields)}_"):
        plan.fields[name] = _rooted(path, first_items)


def _cell_paragraphs(paragraph: Element) -> Iterator[Element]:
    """The paragraphs beside it in its table cell, of which one must stay."""
    cell = ancestor(paragraph, TC)
    yield from () if cell is None else cell.iterchildren(P, TBL)


def _replaced(paragraph: Element, prefix: str) -> list[tuple[str, str]]:
    """Put a MERGEFIELD in the place of each tag; the names of the fields with their paths."""
    found: list[tuple[str, str]] = []
    for run in list(paragraph.iter(R)):
        text = _STATEMENT.sub("", "".join(piece.text or "" for piece in run.iter(T)))
        if not any("{" in (piece.text or "") for piece in run.iter(T)):
            continue
        pieces = _FIELD.split(re.sub(r"\{\{(?! *[\w.]+(?:\|\w+)* *\}\}).*?\}\}", "", text))
        for number, piece in enumerate(pieces):
            if number % 2:
                name = f"{prefix}{len(found)}"
                found.append((name, piece))
                made = element("fldSimple", instr=f" MERGEFIELD {name} ")
                made.append(_run(run, f"«{name}»"))
                run.addprevious(made)
            elif piece:
                run.addprevious(_run(run, piece))
        remove(run)
    return found


def _run(like: Element, text: str) -> Element:
    made = element("r")
    made.extend([etree.fromstring(etree.tostring(item)) for item in like.iterchildren(w("rPr"))])
    made.append(element("t", text))
    return made
