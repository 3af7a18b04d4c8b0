"""What the page makers share: tables, and the anchors that GitHub and the site give to headings."""

import re
from collections.abc import Iterable, Sequence

MADE = "*Halaman ini dibuat dari program dengan `python -m docs.build`; jangan disunting dengan tangan.*"
_FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^#{1,6} +(.+?) *$", re.MULTILINE)
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; pipes and line breaks inside cells are kept from ending them."""
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join("| " + " | ".join(_cell(each) for each in line) + " |" for line in lines)


def _cell(text: str) -> str:
    return text.replace("\\|", "|").replace("|", "\\|").replace("\n", "<br>")


def page(*parts: str) -> str:
    """A page of its parts, a blank line between them; empty parts are left out."""
    return "\n\n".join(part for part in parts if part) + "\n"


def slug(heading: str) -> str:
    """The anchor of a heading: ``A103 Capaian anggaran`` -> ``a103-capaian-anggaran``."""
    plain = _LINK.sub(r"\1", heading).replace("`", "").lower()
    return re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")


def anchors(text: str) -> set[str]:
    """The anchors of a page; a heading that comes again is numbered."""
    found: dict[str, int] = {}
    names = set()
    for heading in _HEADING.findall(_FENCE.sub("", text)):
        name = slug(heading)
        times = found.get(name, 0)
        found[name] = times + 1
        names.add(f"{name}-{times}" if times else name)
    return names
