"""The texts of the notes of one worksheet: ours stand after the user's, and leave without a trace."""

import re

from lkt.attributes import whole
from lkt.workbook.patch.markup import Element, add, add_text, children, detach, m, new
from lkt.workbook.patch.wording import AUTHOR, END, TITLE, Runs

EMPTY = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b"<authors/><commentList/></comments>"
)

_THREADED = "tc="


class Comments:
    """The comments part of a worksheet.

    Args:
        root: its root element.
        title: the first line of the texts that are ours.
    """

    def __init__(self, root: Element, title: str = TITLE) -> None:
        self._title = title
        self._authors = _holder(root, "authors", 0)
        self._list = _holder(root, "commentList", 1)
        self.by_cell = {item.get("ref", ""): item for item in children(self._list)}

    def is_threaded(self, note: Element) -> bool:
        """Whether a note only mirrors a conversation, for older programs."""
        return self._author(note).startswith(_THREADED)

    def create(self, cell: str, runs: Runs) -> None:
        """A new note by us."""
        names = [author.text or "" for author in children(self._authors)]
        if AUTHOR not in names:
            add(self._authors, "author", AUTHOR)
            names.append(AUTHOR)
        note = add(self._list, "comment", ref=cell, authorId=str(names.index(AUTHOR)))
        text = add(note, "text")
        text.extend(_run(*run) for run in runs)

    def remove_ours(self) -> tuple[set[str], set[str]]:
        """Take our texts out: the cells whose note went with it, and those whose note stays."""
        gone: set[str] = set()
        kept: set[str] = set()
        for note in list(children(self._list)):
            text = text_of(note)
            span = _span_of_ours(text, self._title)
            if span is None:
                continue
            _cut(note, span)
            ours = text.startswith(self._title) and not text_of(note).strip()
            (gone if ours else kept).add(note.get("ref", ""))
            if ours:
                detach(note)
        self._drop_author()
        return gone, kept

    @property
    def is_empty(self) -> bool:
        """Whether no note is left."""
        return next(children(self._list), None) is None

    def _author(self, note: Element) -> str:
        names = [author.text or "" for author in children(self._authors)]
        number = whole(note.get("authorId"))
        return names[number] if 0 <= number < len(names) else ""

    def _drop_author(self) -> None:
        """Our name goes too, where it is the last one and no note is by it."""
        authors = list(children(self._authors))
        used = {note.get("authorId") for note in children(self._list)}
        if authors and authors[-1].text == AUTHOR and str(len(authors) - 1) not in used:
            detach(authors[-1])


def has_ours(root: Element, title: str = TITLE) -> bool:
    """Whether a comments part holds text of ours."""
    return any(_span_of_ours(text_of(note), title) for note in root.iter(m("comment")))


def _span_of_ours(text: str, title: str) -> tuple[int, int] | None:
    found = re.search(rf"\n?{re.escape(title)}.*?(?:{END}|\Z)", text, re.DOTALL)
    return None if found is None else found.span()


def text_of(note: Element) -> str:
    """The text of a note."""
    return "".join(piece.text or "" for piece in _pieces(note))


def append(note: Element, runs: Runs) -> bool:
    """Add our text after that of the user; whether the note was a bare text and has runs now."""
    text = note.find(m("text"))
    text = add(note, "text") if text is None else text
    bare = text.find(m("t"))
    if bare is not None:
        _wrap(bare)
    position = sum(1 for child in text if child.tag in {m("t"), m("r")})
    lead, *rest = runs
    for run in ((f"\n{lead[0]}", lead[1]), *rest):
        text.insert(position, _run(*run))
        position += 1
    return bare is not None


def make_bare(note: Element) -> None:
    """Turn the only run of a note into a bare text again."""
    text = note.find(m("text"))
    runs = [] if text is None else text.findall(m("r"))
    if text is None or len(runs) != 1 or len(runs[0]) != 1:
        return
    bare, run = runs[0][0], runs[0]
    bare.tail = run.tail
    text.replace(run, bare)


def _wrap(bare: Element) -> None:
    run, text = new("r"), bare.getparent()
    assert text is not None
    run.tail, bare.tail = bare.tail, None
    text.replace(bare, run)
    run.append(bare)


def _cut(note: Element, span: tuple[int, int]) -> None:
    """Take our text out, and the runs that hold nothing else then."""
    position = 0
    for piece in _pieces(note):
        content = piece.text or ""
        start, end = (min(max(place - position, 0), len(content)) for place in span)
        position += len(content)
        if start == end:
            continue
        piece.text = content[:start] + content[end:]
        if not piece.text:
            run = piece.getparent()
            detach(piece)
            if run is not None and run.tag == m("r") and run.find(m("t")) is None:
                detach(run)


def _pieces(note: Element) -> list[Element]:
    text = note.find(m("text"))
    return [] if text is None else [*text.iterfind(m("t")), *text.iterfind(f"{m('r')}/{m('t')}")]


def _run(text: str, bold: bool) -> Element:  # noqa: FBT001 - one of the runs, unpacked
    made = new("r")
    look = add(made, "rPr")
    if bold:
        add(look, "b")
    add(look, "sz", val="9")
    add(look, "color", indexed="81")
    add(look, "rFont", val="Tahoma")
    add(look, "family", val="2")
    add_text(made, text)
    return made


def _holder(root: Element, name: str, position: int) -> Element:
    found = root.find(m(name))
    if found is None:
        found = new(name)
        root.insert(position, found)
    return found
