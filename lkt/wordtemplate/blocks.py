"""Blocks: tags that stand for a paragraph, row, cell or run, that join lines, and that open and close."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from docx.oxml.ns import qn
from lxml import etree

from lkt.wordtemplate import limits
from lkt.wordtemplate.document import (
    P_PR,
    PI,
    SECTION,
    TBL,
    TC,
    TR,
    Element,
    P,
    T,
    ancestor,
    divide,
    drop_hollow,
    element,
    parent_of,
    remove,
    w,
)
from lkt.wordtemplate.tables import VARYING
from lkt.wordtemplate.tags import BLANKS, CELL_TAGS, Extracted, Mistake, Tag, own_pieces

_WORDS = {"p": "paragraf", "tr": "baris tabel", "tc": "sel tabel", "r": "potongan teks"}
_OBSTACLES = tuple(
    qn(name)
    for name in (
        "w:drawing", "w:pict", "w:object", "w:sectPr", "w:footnoteReference", "w:endnoteReference",
        "w:fldChar", "w:fldSimple", "w:sym", "m:oMath",
    )
)  # fmt: skip
_MARKERS = tuple(w(f"{name}{half}") for name in ("bookmark", "perm") for half in ("Start", "End"))
_COMMENT = w("commentReference")
_ENDS_SECTION = "paragraf ini mengakhiri sebuah bagian (section)"
CLOSERS = {"endfor": "for", "endif": "if"}
"""The tags that close a block, and what opens it."""
BRANCHES = {"elif": ("if",), "else": ("if", "for")}
"""The tags that divide a block, and what may open it."""


# Where a tag stands for more than itself ------------------------------------------------------------------


def arrange(found: Extracted, roots: Sequence[Element]) -> list[Mistake]:
    """Put the tags where they work in the trees: all that can be said of them is in their places then.

    Args:
        found: the tags; remarks are added.
        roots: the parts.

    Returns:
        the mistakes met.
    """
    mistakes: list[Mistake] = []
    for tag in [tag for tag in found.tags if tag.kind == "{#"]:
        container = ancestor(tag.node, w(tag.scope))
        if container is None:
            mistakes.append(_outside(tag))
        elif container.find(f".//{SECTION}") is not None:
            mistakes.append(tag.problem(f"{_ENDS_SECTION}, sehingga harus tetap ada."))
        else:
            if _text_of(container).strip() or len(list(container.iter(PI, *_OBSTACLES))) > 1:
                reason = f"seluruh {_WORDS[tag.scope]} ini tidak ikut ke hasil, beserta isi lainnya."
                found.remarks.append(tag.problem(reason))
            row = ancestor(container, TR)
            if tag.scope == "tc" and row is not None:
                row.set(VARYING, "")
            etree.strip_elements(container, PI, with_tail=False)
            _leave(container)
    there = {node for root in roots for node in root.iter(PI)}
    tags = [tag for tag in found.tags if tag.node in there and tag.kind != "{#"]
    for tag in tags:
        mistakes += () if tag.scope else _join(tag)
    found.remarks.extend(tag.problem(_LEAVES_EMPTY.format(tag.keyword)) for tag in tags if _leaves_empty(tag))
    mistakes += _lift(tags, found)
    return mistakes


def _outside(tag: Tag) -> Mistake:
    return tag.problem(f"tag ini berlaku untuk satu {_WORDS[tag.scope]}, tetapi tidak berada di dalamnya.")


def _text_of(container: Element) -> str:
    """What is written in it beside tags."""
    return "".join(
        f"{text.text or ''}{''.join(node.tail or '' for node in text)}" for text in container.iter(T)
    )


def _lift(tags: Sequence[Tag], found: Extracted) -> Iterator[Mistake]:
    """Replace the paragraphs, rows, cells and runs of block tags with the tags."""
    lifted: set[Element] = set()
    for tag in tags:
        if not tag.scope or tag.node in lifted:
            continue
        container, word = ancestor(tag.node, w(tag.scope)), _WORDS[tag.scope]
        if container is None:
            yield _outside(tag)
        elif tag.scope == "r":
            _lift_out_of_run(tag.node, container)
        elif _stands_alone(container, tag.scope, found.tags):
            if container.find(f".//{_COMMENT}") is not None:
                found.remarks.append(tag.problem("komentar Word pada tag ini tidak ikut ke laporan."))
            lifted.update(container.iter(PI))
            if (properties := container.find(P_PR)) is not None and tag.keyword == "if":
                for branch in _branches(tag, tags):  # which begins a new page like the paragraph of its «if»
                    _pass_on(properties, ancestor(branch.node, P))
            _leave(container)
        else:
            yield tag.problem(f"tag ini harus sendirian dalam satu {word}; pindahkan isi di dekatnya.")


def _stands_alone(container: Element, scope: str, tags: Sequence[Tag]) -> bool:
    scopes = {tags[int(node.text or "")].scope for node in container.iter(PI)}
    obstacle = next(container.iter(*_OBSTACLES), None)
    kept = scope == "p" or not any(map(_breaks_page, container.iter(BLANKS[0])))
    return not _text_of(container).strip() and scopes == {scope} and obstacle is None and kept


def _breaks_page(node: Element) -> bool:
    return node.tag == BLANKS[0] and node.get(w("type")) in ("page", "column")


def _leave(container: Any) -> None:
    """Take away what holds but tags; these, the halves of bookmarks and breaks of pages stay where it was."""
    for node in list(container.iter(PI, *_MARKERS, BLANKS[0])):
        if node.tag != BLANKS[0]:
            node.tail = None
            container.addprevious(node)
        elif _breaks_page(node) and container.tag == P:
            run = element("r")
            run.append(node)
            container.addprevious(element("p"))
            container.getprevious().append(run)
    if container.tag == P and container.pPr is not None and container.pPr.pageBreakBefore is not None:
        follower = next(container.itersiblings(P, TBL, w("sdt")), None)
        if follower is None or follower.tag != P:
            follower = element("p")
            container.addnext(follower)
        _pass_on(container.pPr, follower)
    remove(container)


def _pass_on(properties: Any, paragraph: Any) -> None:
    """Let a paragraph begin a new page where the one of those properties does."""
    if paragraph is not None and properties.pageBreakBefore is not None:
        paragraph.get_or_add_pPr().pageBreakBefore_val = properties.pageBreakBefore_val


def _branches(opener: Tag, tags: Sequence[Tag]) -> Iterator[Tag]:
    depth = 0
    for tag in tags[tags.index(opener) + 1 :]:
        depth += (tag.keyword in CLOSERS.values()) - (tag.keyword in CLOSERS)
        if depth < 0:
            return
        if not depth and tag.keyword in BRANCHES:
            yield tag


def _lift_out_of_run(node: Element, run: Element) -> None:
    """Put a node between the two halves of its run; a half without content goes."""
    text = parent_of(node)
    rest = element(etree.QName(text).localname, node.tail or "")
    node.tail = None
    rest.extend(list(node.itersiblings()))
    text.addnext(rest)
    behind = divide(run, rest)
    run.addnext(node)
    for piece in (text, rest):
        if not piece.text and not len(piece):
            remove(piece)
    drop_hollow(run, behind)


_LEAVES_EMPTY = (
    "tag ini sendirian dalam paragrafnya, sehingga meninggalkan paragraf kosong; pakai {{%p {} … %}} bila "
    "paragraf itu tidak diinginkan."
)


def _leaves_empty(tag: Tag) -> bool:
    """Whether a tag of a block over several paragraphs is all that is in its own."""
    paragraph = ancestor(tag.node, P)
    if paragraph is None or tag.scope or tag.keyword not in {*CLOSERS, *CLOSERS.values(), *BRANCHES}:
        return False
    alone = all(item is tag.node or _blank(item) for item in _items(paragraph))
    return alone and not (parent_of(paragraph).tag == TC and len(list(paragraph.itersiblings(P))) == 0)


# {%- and -%}: what stands apart only so that the template can be read is one paragraph in the result ------


def _join(tag: Tag) -> Iterator[Mistake]:
    """Take away the end of line or paragraph before a tag, and behind it, where it asks for that."""
    for side in (0, 1):
        paragraph = ancestor(tag.node, P)
        if paragraph is None or not tag.joins[side]:
            continue
        items = list(_items(paragraph))
        at = items.index(tag.node)
        beside = [item for item in (items[:at][::-1], items[at + 1 :])[side] if not _blank(item)]
        first, second = (
            (paragraph.getprevious(), paragraph) if side == 0 else (paragraph, paragraph.getnext())
        )
        if beside:
            if not isinstance(beside[0], str) and beside[0].tag in BLANKS:
                remove(beside[0])
        elif first is not None and second is not None and first.tag == second.tag == P:
            if any(each.find(f".//{SECTION}") is not None for each in (first, second)):
                yield tag.problem(f"{_ENDS_SECTION}, sehingga tidak dapat disambung; hapus tanda «-».")
            else:
                first.extend([child for child in second if child.tag != w("pPr")])
                remove(second)


def _items(paragraph: Element) -> Iterator[Element | str]:
    for piece in own_pieces(paragraph, T, *BLANKS, *_OBSTACLES):
        if piece.tag != T:
            yield piece
            continue
        yield piece.text or ""
        for node in piece:
            yield node
            yield node.tail or ""


def _blank(item: Element | str) -> bool:
    return isinstance(item, str) and not item.strip()


# Tags that open and close ---------------------------------------------------------------------------------


def pair(tags: Sequence[Tag]) -> tuple[list[tuple[Tag, str]], list[Mistake]]:
    """The tags with what Jinja reads, all blocks closed, and the mistakes that kept them from being so.

    Tags that close or divide no block are left out; a closing tag that is missing is put in beside the tag
    that it closes.
    """
    balanced: list[tuple[Tag, str]] = []
    mistakes: list[Mistake] = []
    unclosed: list[Tag] = []
    opened: list[tuple[Tag, str]] = []  # each with its last branch
    for tag in tags:
        word = tag.keyword
        if word in CLOSERS.values():
            opened.append((tag, word))
            if len(opened) == limits.DEEPEST:
                mistakes.append(tag.problem("«for» dan «if» bertingkat terlalu dalam."))
        elif word in CLOSERS:
            if all(each.keyword != CLOSERS[word] for each, _ in opened):
                mistakes.append(tag.problem(f"tidak ada «{CLOSERS[word]}» yang dapat ditutup oleh tag ini."))
                continue
            while (last := opened.pop()[0]).keyword != CLOSERS[word]:
                unclosed.append(last)
                balanced.append((last, f"end{last.keyword}"))
            mistakes += _same_seat(last, tag)
        elif word in BRANCHES:
            opener, branch = opened[-1] if opened else (None, "")
            if opener is None or opener.keyword not in BRANCHES[word] or branch == "else":
                mistakes.append(tag.problem(f"tidak ada «{BRANCHES[word][0]}» yang menaungi tag ini."))
                continue
            opened[-1] = (opener, word)
            mistakes += _same_seat(opener, tag)
        mistakes += _misplaced(tag, (opener for opener, _ in reversed(opened)))
        balanced.append((tag, tag.code))
    unclosed += [opener for opener, _ in opened]
    balanced += [(opener, f"end{opener.keyword}") for opener, _ in reversed(opened)]
    for tag in unclosed:
        mistakes.append(tag.problem(f"belum ditutup; tambahkan {{%{tag.scope} end{tag.keyword} %}}."))
    return balanced, mistakes


def _same_seat(opener: Tag, tag: Tag) -> Iterator[Mistake]:
    unlifted = any(each.scope and parent_of(each.node).tag == T for each in (opener, tag))
    if not unlifted and not _fit(opener, tag):  # one that was not lifted has been reported
        yield tag.problem(
            f"pasangannya, {opener.written} di {opener.place}, berada di tempat lain. Letakkan keduanya "
            "dalam paragraf, sel, atau tabel yang sama, dengan jenis tag yang sama."
        )


def _fit(opener: Tag, tag: Tag) -> bool:
    """Whether what lies between two tags can be left out or repeated, and leave well-formed XML.

    Tags without a scope may stand in different paragraphs, or cells of one row: from what holds both down to
    each, the elements must be of the same names.
    """
    if opener.scope or tag.scope:
        return parent_of(opener.node) is parent_of(tag.node)
    first, second = (list(each.node.iterancestors()) for each in (opener, tag))
    common = next((node for node in first if node in second), None)
    if common is None:
        return False
    one, other = ([node.tag for node in chain[: chain.index(common)]] for chain in (first, second))
    return one == other and TR not in one and TBL not in one


def _misplaced(tag: Tag, around: Iterable[Tag]) -> Iterator[Mistake]:
    """What keeps a tag for a cell from working; ``around`` are the open blocks, the innermost first."""
    if tag.keyword not in CELL_TAGS:
        return
    if ancestor(tag.node, TC) is None:
        yield tag.problem(f"«{tag.keyword}» hanya berlaku di dalam sel tabel.")
    scope = {"vm": "tr", "hm": "tc"}.get(tag.keyword, "")
    loop = next((opener for opener in around if opener.keyword == "for"), None)
    if scope and (loop is None or loop.scope != scope):
        way = "ke bawah" if tag.keyword == "vm" else "ke samping"
        yield tag.problem(
            f"«{tag.keyword}» menggabungkan sel {way} dalam sebuah perulangan; letakkan di antara "
            f"{{%{scope} for … %}} dan {{%{scope} endfor %}}."
        )
