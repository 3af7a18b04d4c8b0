"""The site of the guide: ``python -m sphinx -W -q docs build/docs``, then open build/docs/index.html.

The pages are plain Markdown that reads as well where it lies. What the site needs beyond that, the order
of the pages, is taken from the links of ``index.md`` when it is read.
"""

import re
from pathlib import Path
from typing import Any

from pygments.lexers.special import TextLexer

project = "Panduan lkt"
author = "lkt"
language = "id"
extensions = ["myst_parser"]
exclude_patterns = ["**/__pycache__"]
source_suffix = {".md": "markdown"}

myst_heading_anchors = 3
myst_links_external_new_tab = True
suppress_warnings = [
    "myst.xref_missing",
    "myst.header",
]  # links are checked by tests/docs, in every Markdown file

locale_dirs = ["_locale"]  # words of the theme

html_theme = "furo"
html_title = "Panduan lkt"
html_static_path = ["_static"]
html_css_files = ["lkt.css"]
html_show_search_summary = False  # a page opened from a folder may not read its neighbours
html_copy_source = False
html_show_sphinx = False
html_show_copyright = False
html_theme_options = {"navigation_with_keys": True}

_PART = re.compile(r"^## +(.+?) *$", re.MULTILINE)
_PAGE = re.compile(r"\]\(([\w./-]+)\.md\)")


def _toctree(caption: str, pages: list[str]) -> str:
    named = [f":caption: {caption}"] if caption else []
    return "\n".join(("", "```{toctree}", ":hidden:", *named, "", *pages, "```", ""))


def _order_pages(_app: Any, name: str, source: list[str]) -> None:
    """An index lists its pages as links under headings; each heading becomes a part of the sidebar."""
    if Path(name).name not in {"index", "README"}:
        return
    first, *parts = _PART.split(source[0])
    if not parts:
        parts = ["", first]
    for caption, text in zip(parts[::2], parts[1::2], strict=True):
        pages = list(dict.fromkeys(_PAGE.findall(text)))
        if pages:
            source[0] += _toctree(caption, pages)


def setup(app: Any) -> None:
    """Called by Sphinx."""
    app.connect("source-read", _order_pages)
    for kind in ("templat", "sebelum", "sesudah"):  # the examples of templat.md
        app.add_lexer(kind, TextLexer)
