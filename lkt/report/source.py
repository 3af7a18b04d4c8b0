"""From a tree with tags in it to the source of a Jinja template, and back from its lines to the tags."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from lkt.report.tags import TARGET, Tag
from lkt.report.wordml import Element

# Characters that XML cannot hold: nothing in a document can be mistaken for a tag.
OUTPUT_START, OUTPUT_END = "\x01", "\x02"
STATEMENT_START, STATEMENT_END = "\x03", "\x04"
COMMENT_START, COMMENT_END = "\x05", "\x06"

_NODE = re.compile(rf"<\?{TARGET} (\d+)\?>")


@dataclass(frozen=True)
class Source:
    """The source of a Jinja template.

    Args:
        text: the source; each tag begins on a line of its own.
        lines: those lines, ascending.
        tags: the tag of each of them.
    """

    text: str
    lines: tuple[int, ...]
    tags: tuple[Tag, ...]

    def tag_at(self, line: int) -> Tag | None:
        """The tag that a line of the source belongs to."""
        index = bisect_right(self.lines, line)
        return self.tags[index - 1] if index else None


def jinja_source(root: Element, tags: Sequence[Tag]) -> Source:
    """The source of the template that a part is."""
    literal, *rest = _NODE.split(etree.tostring(root, encoding="unicode"))
    texts, lines, line = [literal], [], 1 + literal.count("\n")
    found = [tags[int(index)] for index in rest[::2]]
    for tag, after in zip(found, rest[1::2], strict=True):
        texts += [jinja_tag(tag), after]
        lines.append(line + 1)
        line += 1 + after.count("\n")
    return Source("".join(texts), tuple(lines), tuple(found))


def jinja_tag(tag: Tag) -> str:
    """One tag in Jinja's terms, its body on the line after the one it starts on."""
    if tag.statement:
        return f"{STATEMENT_START}\n{tag.body}{STATEMENT_END}"
    return f"{OUTPUT_START}\n{tag.body}{OUTPUT_END}"
