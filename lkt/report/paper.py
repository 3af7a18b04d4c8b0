"""The paper that Ukuran Kertas asks for: a template is laid out for one size and moved to the other."""

from typing import Any

from lkt.attributes import whole
from lkt.report.package import read_parts, write_parts
from lkt.report.wordml import UnreadablePartError, parse, serialize

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SIZES = {"F4": (12189, 18709), "A4": (11906, 16838)}
_MAIN = "word/document.xml"


def on_paper(template: bytes, size: str, name: str) -> bytes:
    """The template with every section on paper of the size, text width unchanged.

    Args:
        template: a .docx file.
        size: ``F4`` (215 × 330 mm) or ``A4``.
        name: what the user calls the template, for messages.

    Raises:
        TemplateError: it is no Word file.
    """
    parts = read_parts(template, name)
    if _MAIN not in parts:
        return template
    try:
        root = parse(parts[_MAIN])
    except UnreadablePartError:
        return template  # whoever opens it says which part it is
    changed = [_change(section, _SIZES[size]) for section in root.iter(f"{_W}sectPr")]
    if not any(changed):
        return template
    return write_parts(parts | {_MAIN: serialize(root)})


def _change(section: Any, size: tuple[int, int]) -> bool:
    """Change one section; what the paper is narrower is taken from its margins."""
    paper, margins = section.find(f"{_W}pgSz"), section.find(f"{_W}pgMar")
    if paper is None or margins is None:
        return False
    landscape = paper.get(f"{_W}orient") == "landscape"
    width, height = reversed(size) if landscape else size
    spare = width - whole(paper.get(f"{_W}w"), width)
    if (spare, whole(paper.get(f"{_W}h"), height)) == (0, height):
        return False
    paper.set(f"{_W}w", str(width))
    paper.set(f"{_W}h", str(height))
    left = spare // 2 if landscape else 0
    for side, change in (("left", left), ("right", spare - left)):
        margins.set(f"{_W}{side}", str(max(567, whole(margins.get(f"{_W}{side}"), 1134) + change)))
    return True
