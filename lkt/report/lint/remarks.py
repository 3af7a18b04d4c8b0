"""What is no mistake but may surprise: tags in pieces of different formatting, curly quotation marks."""

from collections.abc import Iterator

from lxml import etree

from lkt.report.mistakes import Mistake, Spot
from lkt.report.places import Places, own_texts
from lkt.report.tags import STRAIGHT, TAG
from lkt.report.wordml import Element, P, R, parent_of, w

_INVISIBLE = frozenset(w(name) for name in ("lang", "noProof", "rPrChange"))
_CURLY = "“”„‟‘’‚‛"
_QUOTES = "tanda kutip melengkung di dalam tag dibaca sebagai tanda kutip lurus; tidak perlu diubah."


def remarks(root: Element, places: Places, part: str) -> Iterator[Mistake]:
    """Yield what can be said of the tags of a part as it is in the file."""
    for number, paragraph in enumerate(root.iter(P)):
        pieces = own_texts(paragraph)
        text = "".join(piece.text or "" for piece in pieces)
        for match in TAG.finditer(text):
            spot = Spot(number, match.start(), match.end())
            for reason in _reasons(pieces, spot, match.group()):
                written = match.group().translate(STRAIGHT)
                yield Mistake(places.get(paragraph, "isi dokumen"), written, reason, spot, part)


def _reasons(pieces: list[Element], spot: Spot, written: str) -> Iterator[str]:
    if any(mark in written for mark in _CURLY):
        yield _QUOTES
    covered = list(_covered(pieces, spot))
    if len({_formatting(piece) for piece, _ in covered}) > 1:
        yield (
            f"tag ini terpecah oleh format huruf yang berbeda-beda; seluruh hasilnya memakai format bagian "
            f"pertamanya, «{covered[0][1].strip()}»."
        )


def _covered(pieces: list[Element], spot: Spot) -> Iterator[tuple[Element, str]]:
    """The pieces that a tag lies in, each with what it holds of it; blanks show no formatting."""
    offset = 0
    for piece in pieces:
        text = piece.text or ""
        held = text[max(spot.start - offset, 0) : max(spot.end - offset, 0)]
        if held.strip():
            yield piece, held
        offset += len(text)


def _formatting(piece: Element) -> bytes:
    """The formatting of a piece as comparable bytes."""
    run = parent_of(piece)
    properties = run.find(w("rPr")) if run.tag == R else None
    if properties is None:
        return b""
    shown = sorted(etree.tostring(each, method="c14n") for each in properties if each.tag not in _INVISIBLE)
    return b"".join(shown)
