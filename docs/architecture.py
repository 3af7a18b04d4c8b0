"""Draw the picture of docs/arsitektur.md: ``python -m docs.architecture``. A test compares it."""

from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

PICTURE = Path(__file__).parent / "gambar" / "arsitektur.svg"
WIDTH, HEIGHT = 1160, 794

PURE = ("#e3edf7", "#2f5d8a")
EDGE = ("#fbeedb", "#b06f1c")
FILE = ("#ffffff", "#6b7280")
BAND, INK, SOFT = "#f6f7f9", "#1f2937", "#6b7280"

Look = tuple[str, str]


def box(  # noqa: PLR0913, PLR0917 - the room as it stands on the page
    x: int, y: int, width: int, title: str, caption: str, look: Look, height: int = 62
) -> str:
    """A room: its name and, below it, what it is for, a line for each line of the caption."""
    fill, line = look
    lines = caption.split("\n")
    top = y + (height - 16 * (len(lines) + 1)) // 2 + 13
    texts = [_text(x + width // 2, top, title, 14, INK, bold=True)]
    texts += [
        _text(x + width // 2, top + 17 * number, each, 12, SOFT) for number, each in enumerate(lines, 1)
    ]
    return (
        f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="7" fill="{fill}" stroke="{line}" '
        f'stroke-width="1.4"/>{"".join(texts)}'
    )


def band(y: int, height: int, name: str) -> str:
    """A strip behind rooms that belong together."""
    return (
        f'<rect x="16" y="{y}" width="{WIDTH - 32}" height="{height}" rx="10" fill="{BAND}"/>'
        f"{_text(30, y + 21, name, 12, SOFT, anchor='start', bold=True)}"
    )


def arrow(path: str, label: str = "", x: int = 0, y: int = 0) -> str:
    """An arrow along a path, with what goes along it."""
    line = f'<path d="{path}" fill="none" stroke="{INK}" stroke-width="1.6" marker-end="url(#point)"/>'
    return line + (_text(x, y, label, 12, INK, italic=True) if label else "")


def _text(  # noqa: PLR0913 - as SVG has it
    x: int,
    y: int,
    text: str,
    size: int,
    colour: str,
    *,
    anchor: str = "middle",
    bold: bool = False,
    italic: bool = False,
) -> str:
    style = (' font-weight="600"' if bold else "") + (' font-style="italic"' if italic else "")
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" fill="{colour}" text-anchor="{anchor}"{style}>'
        f"{escape(text)}</text>"
    )


def _commands() -> Iterator[str]:
    yield band(16, 104, "START")
    yield box(130, 40, 270, "cli", "parse, call, print, exit code\nstart, usage, template_command", EDGE)
    yield box(446, 40, 270, "checking", "what the commands share:\nread, choose, copy", EDGE)
    yield box(762, 40, 270, "batch", "many workbooks on all cores,\none at a time in a folder", EDGE)
    yield arrow("M400 71 H442")
    yield arrow("M762 71 H720")
    yield arrow("M265 40 V28 H897 V36")


def _flow() -> Iterator[str]:
    yield band(140, 300, "READ → COMPUTE → CHECK → RENDER")
    yield arrow("M581 102 V176")
    yield box(36, 254, 112, "q1.xlsx", "the office's\nworkbook", FILE, 66)
    yield arrow("M148 287 H190")
    yield box(194, 246, 176, "workbook", "declaration, cells,\nreader: every value\nwith its cell", EDGE, 82)
    yield arrow("M370 287 H446", "Dataset", 407, 278)
    yield (
        '<rect x="450" y="180" width="262" height="226" rx="9" fill="none" stroke="#2f5d8a" '
        'stroke-width="1.4" stroke-dasharray="5 4"/>'
    )
    yield _text(581, 200, "pipeline", 14, INK, bold=True)
    yield box(470, 214, 222, "indicators", "exact figures, each with\nthe cells that went into it", PURE)
    yield box(470, 300, 222, "rules", "findings that point at cells", PURE, 50)
    yield arrow("M581 276 V296")
    yield _text(581, 375, "comparison: beside an earlier", 12, SOFT)
    yield _text(581, 391, "quarter of the year", 12, SOFT)
    yield arrow("M712 287 H786", "Result", 747, 278)
    for y, name, caption, product, kind in (
        (170, "report", "what a report says; on\nwordtemplate", "laporan.docx", "and PDF"),
        (256, "formats", "terminal, JSON,\nHTML", "stdout", "and pages"),
        (342, "recap", "sums over all kecamatan", "rekap.xlsx", "rekap.docx, a page"),
    ):
        yield arrow(f"M770 287 V{y + 31} H786") if y != 256 else ""
        yield box(790, y, 184, name, caption, EDGE)
        yield arrow(f"M974 {y + 31} H1000")
        yield box(1004, y, 132, product, kind, FILE)


def _way_back() -> Iterator[str]:
    yield band(460, 112, "BACK TO THE OFFICE")
    yield box(36, 494, 112, "q2.xlsx", "copies, never\nthe original", FILE)
    yield box(194, 494, 176, "workbook", "writer, carry, corrections,\non xlsx", EDGE)
    yield box(450, 494, 122, "carry", "next quarter", PURE)
    yield box(584, 494, 128, "corrections", "check --fix", PURE)
    yield box(724, 494, 150, "new, roster", "a blank one, or\none for each", EDGE)
    yield box(886, 494, 116, "importing", "old reports,\nown sheets", EDGE)
    yield box(1014, 494, 122, "files", "aside, then\nmoved", EDGE)
    yield arrow("M450 525 H374")
    yield arrow("M194 525 H152")
    yield arrow("M581 406 V470 H511 V490")
    yield arrow("M581 406 V470 H648 V490")


def _ground() -> Iterator[str]:
    yield band(592, 152, "WHAT ALL MAY USE")
    rooms = (
        ("figures", "computed", PURE), ("findings", "what is wrong", PURE), ("model", "what was read", PURE),
        ("indonesian", "words, numbers", PURE), ("calendar", "quarters, days", PURE),
        ("addresses", "A1", PURE), ("errors", "trouble", PURE),
        ("xlsx", "any workbook", EDGE), ("wordtemplate", "any template", EDGE),
        ("bounded", "foreign zips", EDGE), ("files", "in and out", EDGE),
        ("bytecode", "of Jinja", EDGE), ("areas", "the official list", PURE),
        ("libreoffice", "pages, PDF", EDGE),
    )  # fmt: skip
    for number, (name, caption, look) in enumerate(rooms):
        yield box(36 + number % 7 * 157, 620 + number // 7 * 60, 148, name, caption, look, 50)


def _legend() -> Iterator[str]:
    for x, look, text in (
        (36, PURE, "pure: values in, values out"),
        (258, EDGE, "touches files, screen or Word"),
        (494, FILE, "what people see"),
    ):
        yield f'<rect x="{x}" y="762" width="18" height="14" rx="3" fill="{look[0]}" stroke="{look[1]}"/>'
        yield _text(x + 26, 774, text, 12, SOFT, anchor="start")
    yield _text(
        WIDTH - 24,
        774,
        "Arrows show what flows; who may import whom stands in pyproject.toml.",
        12,
        SOFT,
        anchor="end",
    )


def picture() -> str:
    """The whole picture as SVG."""
    parts = (*_commands(), *_flow(), *_way_back(), *_ground(), *_legend())
    body = "\n".join(part for part in parts if part)
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" \
height="{HEIGHT}" font-family="'Segoe UI', 'Liberation Sans', Arial, sans-serif" role="img">
<title>The rooms of lkt, from the workbook to the report</title>
<defs><marker id="point" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" \
orient="auto"><path d="M0 0 L10 5 L0 10 z" fill="{INK}"/></marker></defs>
<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>
{body}
</svg>
"""


if __name__ == "__main__":
    PICTURE.write_text(picture(), encoding="utf-8", newline="\n")
