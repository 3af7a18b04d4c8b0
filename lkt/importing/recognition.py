"""Tables as kinds that are known: by their headings, over pages and under repeated headings."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from lkt.importing.sources import BLANK, OldFile, TableBlock, TableLine, TextBlock
from lkt.importing.table_kinds import KINDS_OF_TABLE, TableKind
from lkt.indonesian import normalize, roman, squeeze
from lkt.workbook.cells import as_written, date_order_evidence
from lkt.xlsx import Raw

_NUMBERING = re.compile(r"\(?\d{1,2}[a-z]?\)?\.?(?:\s*[=+:/x×*().\d\s-]+)?")
_MOST_HEADING_ROWS = 3
_LONGEST_HEADING = 90
_TOP = 30  # rows of a block
_LONGEST_TEXT = 3000  # letters of a paragraph that are searched
_CONTEXT = 6  # paragraphs before a table that say what it is about


@dataclass(frozen=True)
class FoundTable:
    """A table, or a part of one, of a known kind.

    Attributes:
        kind: its kind.
        file: the name of the file.
        place: where it is in the file.
        headings: the heading of each column, with its group.
        roles: place of a column -> its role.
        lines: its rows, without headings and numbers of columns.
        before: what stands before it, the nearest last.
        is_sheet: as of its block.
    """

    kind: TableKind
    file: str
    place: str
    headings: tuple[str, ...]
    roles: Mapping[int, str]
    lines: tuple[TableLine, ...]
    before: tuple[str, ...]
    is_sheet: bool

    def columns(self, role: str) -> list[int]:
        """The places of the columns of a role."""
        return [place for place, each in self.roles.items() if each == role]

    def heading(self, role: str) -> str:
        """The heading of the first column of a role; empty where there is none."""
        return next((self.headings[place] for place in self.columns(role)), "")

    def of_quarter(self, role: str, quarter: int | None) -> int | None:
        """The place of the column of a role whose heading ends with a quarter; None where there is none."""
        numerals = {"", str(quarter), roman(quarter).casefold() if quarter else ""} - {""}
        ends = {place: normalize(self.headings[place]).split(" ")[-1] for place in self.columns(role)}
        return next((place for place, end in ends.items() if end in numerals), None)

    @cached_property
    def day_first(self) -> tuple[bool, ...]:
        """For each column whether 03/04/2024 can only be 3 April there."""
        return tuple(
            date_order_evidence(column) for column in zip(*(line.cells for line in self.lines), strict=True)
        )

    def rows(self) -> "Iterator[FoundRow]":
        """Its rows."""
        return (FoundRow(self, line) for line in self.lines)


@dataclass(frozen=True, slots=True)
class FoundRow:
    """One row of a table."""

    table: FoundTable
    line: TableLine

    def at(self, place: int) -> Raw:
        """What stands in a column; blank where a cell on its left reaches over it."""
        cells, own = self.line.cells, self.line.own
        covered = place > 0 and not own[place] and cells[place] == cells[place - 1]
        return BLANK if covered else cells[place]

    def raw(self, role: str) -> Raw:
        """What stands in the column of a role; blank where there is no such column."""
        return next((self.at(place) for place in self.table.columns(role)), BLANK)

    def lines(self, role: str) -> list[str]:
        """The lines of the same, without blank ones."""
        return [line for text in as_written(self.raw(role)).splitlines() if (line := squeeze(text))]

    def text(self, role: str) -> str:
        """The same on one line."""
        return " ".join(self.lines(role))

    @property
    def texts(self) -> list[str]:
        """All that stands in the row, each once."""
        return [text for each in dict.fromkeys(self.line.texts) if (text := squeeze(each))]

    @property
    def source(self) -> str:
        """Where the row is, for a note."""
        return f"{self.table.file}, {self.table.place}, baris {self.line.number}"


@dataclass(frozen=True, slots=True)
class Unknown:
    """Something that was found and not understood: where, and the beginning of what it says."""

    source: str
    text: str


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a file was found to hold.

    Attributes:
        tables: the tables of known kinds.
        unknown: the tables of none.
        texts: its paragraphs and what stands outside of tables, each with its place.
    """

    tables: tuple[FoundTable, ...]
    unknown: tuple[Unknown, ...]
    texts: tuple[tuple[TextBlock, str], ...]


@dataclass(frozen=True, slots=True)
class _Head:
    """Headings that were found: their first row, how many rows they take, and what they say."""

    start: int
    height: int
    kind: TableKind
    headings: tuple[str, ...]
    roles: Mapping[int, str]

    @property
    def score(self) -> float:
        """How much of the headings is understood."""
        known = list(self.roles.values())
        named = {normalize(text) for text in self.headings if text.strip("| ")}
        return len(known) - 0.4 * max(0, len(named) - len(known))


def recognise(file: OldFile) -> Recognised:
    """All tables of a file, and all text outside of them."""
    tables: list[FoundTable] = []
    unknown: list[Unknown] = []
    texts: list[tuple[TextBlock, str]] = []
    before: list[str] = []
    last: FoundTable | None = None
    for block in file.blocks:
        if isinstance(block, TextBlock):
            texts.append((replace(block, text=block.text[:_LONGEST_TEXT]), f"{file.name}, {block.place}"))
            before.append(block.text)
            last = None if block.is_heading else last
            continue
        found, rest = _parts(file.name, block, tuple(before[-_CONTEXT:]))
        if not found and last is not None and _goes_on(last, block):
            found, rest = [_continued(last, block)], []
        for line in rest:
            place = f"{file.name}, {block.place}, baris {line.number}"
            pieces = "\n".join(dict.fromkeys(line.texts)).split("\n")
            texts += [(TextBlock(piece.strip()), place) for piece in pieces if piece.strip()]
        if not found and not _is_plain(block):
            unknown.append(Unknown(f"{file.name}, {block.place}", _beginning(block)))
        tables += found
        last = found[-1] if found else None
    return Recognised(tuple(tables), tuple(unknown), tuple(texts))


def _goes_on(last: FoundTable, block: TableBlock) -> bool:
    """Whether a table without headings that are known is the rest of the one before it."""
    if block.is_sheet or not block.lines:
        return False
    first = block.lines[0]
    return len(first.cells) == len(last.headings) and not _may_be_heading(first)


def _continued(last: FoundTable, block: TableBlock) -> FoundTable:
    """A table without headings as the rest of the one before it."""
    lines = tuple(line for line in block.lines if not _is_numbering(line))
    return FoundTable(
        last.kind, last.file, block.place, last.headings, last.roles, lines, last.before, last.is_sheet
    )


def _is_plain(block: TableBlock) -> bool:
    """A table that only places text, such as a signature: up to two columns, or hardly any cell filled."""
    filled = [sum(map(bool, line.texts)) for line in block.lines]
    return block.is_sheet or max(filled, default=0) <= 2 or len(block.lines) == 1


def _beginning(block: TableBlock) -> str:
    texts = (squeeze(text) for line in block.lines for text in dict.fromkeys(line.texts))
    return " | ".join(filter(None, texts))[:160]


def _parts(file: str, block: TableBlock, before: tuple[str, ...]) -> tuple[list[FoundTable], list[TableLine]]:
    """The tables in a block, and the rows that belong to none."""
    if box := _formula_box(file, block, before):
        return [box], []
    lines, position = block.lines, 0
    found: list[FoundTable] = []
    rest: list[TableLine] = []
    heads = list(_heads(lines))
    for head, following in zip(heads, [*heads[1:], None], strict=False):
        rest += lines[position : head.start]
        position = len(lines) if following is None else following.start
        body = lines[head.start + head.height : position]
        own = [line for line in body if not _is_numbering(line)]
        if block.is_sheet:
            own, outside = _within_table(own, head)
            rest += outside
        above = (
            *before,
            *(squeeze(" ".join(dict.fromkeys(line.texts))) for line in lines[: head.start][-_CONTEXT:]),
        )
        table = FoundTable(
            head.kind, file, block.place, head.headings, head.roles, tuple(own), above, block.is_sheet
        )
        found.append(table)
    return found, (rest if heads else list(lines))


def _within_table(lines: Sequence[TableLine], head: _Head) -> tuple[list[TableLine], list[TableLine]]:
    """The rows of a table on a sheet, and what stands below it: behind a gap, or without what names a row."""
    key = [place for place, role in head.roles.items() if role == head.kind.key]
    roles = list(head.roles)
    own: list[TableLine] = []
    for index, line in enumerate(lines):
        gap = own and line.number - own[-1].number > 2
        named = any(line.texts[place] for place in key) or sum(bool(line.texts[place]) for place in roles) > 2
        if gap or not named:
            if gap:
                return own, list(lines[index:])
            continue
        own.append(line)
    outside = [line for line in lines if line not in own]
    return own, outside


def _is_numbering(line: TableLine) -> bool:
    """A row that numbers the columns: 1, 2, 3, 4, 5=4/5, 6."""
    texts = [text for text in line.texts if text]
    return (
        len(texts) > 2
        and all(map(_NUMBERING.fullmatch, texts))
        and texts[0].strip("().") in {"1", "2"}
        and len(set(texts)) > 2
    )


# Headings --------------------------------------------------------------------------------------------------


def _heads(lines: Sequence[TableLine]) -> Iterator[_Head]:
    """The headings of all tables in a block; repeated ones begin a part of their own.

    They are looked for at the top, behind a gap or a title, and where a row repeats those that were found.
    """
    start, repeated = 0, set[tuple[str, ...]]()
    while start < len(lines):
        line, before = lines[start], lines[start - 1]
        fresh = start < _TOP or line.number > before.number + 1 or len(set(filter(None, before.texts))) < 2
        head = _best(lines, start) if fresh or line.texts in repeated else None
        if head is None:
            start += 1
            continue
        yield head
        repeated.add(line.texts)
        start = head.start + head.height


def _best(lines: Sequence[TableLine], start: int) -> _Head | None:
    """The headings that begin at a row, unless those that begin right below say more."""
    here = _at(lines, start)
    if here is None:
        return None
    lower = [head for row in range(start + 1, start + here.height) if (head := _at(lines, row))]
    return here if all(head.score <= here.score for head in lower) else None


def _at(lines: Sequence[TableLine], start: int) -> _Head | None:
    options = []
    for height in range(_tied(lines, start), _MOST_HEADING_ROWS + 1):
        rows = lines[start : start + height]
        if len(rows) < height or not all(map(_may_be_heading, rows)):
            break
        headings = _headings(rows)
        for kind in KINDS_OF_TABLE:
            roles = kind.roles(headings)
            if kind.fits(roles):
                options.append(_Head(start, height, kind, headings, roles))
    return max(options, key=lambda head: (head.score, -head.height), default=None)


def _tied(lines: Sequence[TableLine], start: int) -> int:
    """How many rows cells that are merged downwards tie together, from a row on."""
    height = 1
    for above, line in zip(lines[start:], lines[start + 1 : start + _MOST_HEADING_ROWS], strict=False):
        cells = zip(above.texts, line.texts, line.own, strict=True)
        if not any(text and not own and text == upper for upper, text, own in cells):
            break
        height += 1
    return height


def _may_be_heading(line: TableLine) -> bool:
    texts = {squeeze(text) for text in line.texts if text}
    figures = sum(bool(re.fullmatch(r"[.,%\s-]*\d[\d.,%\s-]*|rp.*\d.*", normalize(text))) for text in texts)
    return len(texts) > 1 and not figures and max(map(len, texts)) <= _LONGEST_HEADING


def _headings(rows: Sequence[TableLine]) -> tuple[str, ...]:
    """Each column's heading behind its groups: ``anggaran | realisasi``, ``| target``."""
    columns = zip(*(row.texts for row in rows), strict=True)
    pieces = ([squeeze(text) for text in dict.fromkeys(column) if text] for column in columns)
    return tuple(f"{' '.join(each[:-1])} | {each[-1]}" if each else "" for each in pieces)


# The box of a formula without headings: its rows are labelled ---------------------------------------------


def _formula_box(file: str, block: TableBlock, before: tuple[str, ...]) -> FoundTable | None:
    """A box whose first column says Formulasi, Realisasi, and so on."""
    labels = [normalize(line.texts[0]) if line.texts else "" for line in block.lines]
    if (
        block.is_sheet
        or not any(re.match("formula|rumus", label) for label in labels)
        or len(block.lines[0].cells) != 2
    ):
        return None
    kind = next(kind for kind in KINDS_OF_TABLE if kind.name == "kotak rumus")
    return FoundTable(kind, file, block.place, ("", ""), {}, block.lines, before, is_sheet=False)
