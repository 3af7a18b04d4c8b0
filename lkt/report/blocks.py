"""Tags that stand for a whole paragraph, row, cell or run, and the pairs of tags that open and close."""

from collections.abc import Iterator, Sequence

from lkt.report.mistakes import Mistake
from lkt.report.tags import Tag
from lkt.report.wordml import PI, Element, P, T, ancestor, parent_of, remove, w

_WORDS = {"p": "paragraf", "tr": "baris tabel", "tc": "sel tabel", "r": "potongan teks"}
_OBSTACLES = tuple(w(name) for name in ("drawing", "pict", "object", "sectPr"))
_DEEPEST = 16  # Python reads no more than twenty blocks in each other
_CLOSERS = {"endfor": "for", "endif": "if"}
_BRANCHES = {"elif": ("if",), "else": ("if", "for")}


def lift(tags: Sequence[Tag]) -> Iterator[Mistake]:
    """Replace the paragraphs, rows, cells and runs of block tags with the tags; yield the problems met."""
    lifted: set[Element] = set()
    for tag in tags:
        if not tag.scope or tag.node in lifted:
            continue
        container = ancestor(tag.node, w(tag.scope))
        if container is None:
            yield tag.problem(
                f"tag ini berlaku untuk satu {_WORDS[tag.scope]}, tetapi tidak berada di dalamnya."
            )
        elif _stands_alone(container, tag.scope, tags):
            lifted.update(_lift_out(container))
        else:
            yield tag.problem(
                f"tag ini harus sendirian dalam satu {_WORDS[tag.scope]}; pindahkan isi di dekatnya."
            )


def _stands_alone(container: Element, scope: str, tags: Sequence[Tag]) -> bool:
    literal = "".join(_literal(text) for text in container.iter(T))
    scopes = {tags[int(node.text or "")].scope for node in container.iter(PI)}
    return not literal.strip() and scopes == {scope} and next(container.iter(*_OBSTACLES), None) is None


def _literal(text: Element) -> str:
    return (text.text or "") + "".join(node.tail or "" for node in text)


def _lift_out(container: Element) -> list[Element]:
    nodes = list(container.iter(PI))
    for node in nodes:
        node.tail = None
        container.addprevious(node)
    remove(container)
    return nodes


def check_pairs(tags: Sequence[Tag]) -> Iterator[Mistake]:
    """Yield the problems of statements that are unknown, unclosed, or closed elsewhere."""
    open_tags: list[Tag] = []
    for tag in tags:
        word = tag.keyword
        if word in ("for", "if"):
            open_tags.append(tag)
            if len(open_tags) == _DEEPEST:
                yield tag.problem("«for» dan «if» bertingkat terlalu dalam.")
        elif word in _CLOSERS:
            yield from _close(tag, open_tags)
        elif word in _BRANCHES:
            yield from _branch(tag, open_tags)
    yield from map(_unclosed, open_tags)


def _close(tag: Tag, open_tags: list[Tag]) -> Iterator[Mistake]:
    wanted = _CLOSERS[tag.keyword]
    if not any(opener.keyword == wanted for opener in open_tags):
        yield tag.problem(f"tidak ada «{wanted}» yang dapat ditutup oleh tag ini.")
        return
    while (opener := open_tags.pop()).keyword != wanted:
        yield _unclosed(opener)
    yield from _same_seat(opener, tag)


def _branch(tag: Tag, open_tags: list[Tag]) -> Iterator[Mistake]:
    if not open_tags or open_tags[-1].keyword not in _BRANCHES[tag.keyword]:
        yield tag.problem(f"tidak ada «{_BRANCHES[tag.keyword][0]}» yang menaungi tag ini.")
    else:
        yield from _same_seat(open_tags[-1], tag)


def _unclosed(opener: Tag) -> Mistake:
    return opener.problem(f"belum ditutup; tambahkan {{%{opener.scope} end{opener.keyword} %}}.")


def _same_seat(opener: Tag, tag: Tag) -> Iterator[Mistake]:
    if _in_place(opener) and _in_place(tag) and _seat(opener) != _seat(tag):
        yield tag.problem(
            f"pasangannya, {opener.written} di {opener.place}, berada di tempat lain. Letakkan keduanya "
            "dalam paragraf, sel, atau tabel yang sama, dengan jenis tag yang sama."
        )


def _in_place(tag: Tag) -> bool:
    """Whether a block tag was lifted; one that was not has been reported."""
    return not tag.scope or parent_of(tag.node).tag != T


def _seat(tag: Tag) -> tuple[Element, tuple[str, ...]]:
    """Where a tag cuts the tree: two tags of one seat can be paired and leave well-formed XML."""
    chain: list[str] = []
    node = parent_of(tag.node)
    while not tag.scope and node.tag != P:
        chain.append(node.tag)
        node = parent_of(node)
    return node, tuple(chain)
