"""The recap as one HTML page: complete in itself, for a folder without a server, phone, keyboard and paper.

Python says what stands there, ``templates/rekap.html.j2`` in which order and words, ``templates/rekap.css``
how it looks, and ``templates/rekap.js`` filters and sorts; without the script everything is there all the
same. Everything that comes from a workbook passes autoescape, and the policy of the page lets no style or
script run but its own two, known by their hashes.
"""

import base64
import hashlib
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from lkt.bahasa import format_date, format_percent, format_rupiah
from lkt.formats.pages import ascii_page, environment
from lkt.formats.rules import LEVELS
from lkt.recap.page_view import exact, groups_of, or_dash, rows_of, tally_of, tiles_of, title_of
from lkt.recap.rekap import Rekap

_DOCUMENTS = {".xlsx": "Rekap (Excel)", ".docx": "Rekap (Word)", ".pdf": "Rekap (PDF)"}
_FIRST_FINDINGS = 5
_AT_ONCE = 1000  # pieces of text that are put together


def index_html(rekap: Rekap, version: str, *, documents: Sequence[str] = ()) -> str:
    """The page whole; see ``index_parts``."""
    return "".join(index_parts(rekap, version, documents=documents))


def index_parts(rekap: Rekap, version: str, *, documents: Sequence[str] = ()) -> Iterator[str]:
    """The page part by part, so that one of thousands of kecamatan is never held whole.

    Args:
        rekap: what it shows.
        version: the version of this program, for the foot of the page.
        documents: the other forms of the recap that lie in its folder, such as ``rekap.xlsx``; like the links
            of a ``Ringkasan``, relative to that folder, with / between folders.
    """
    templates = environment("lkt.recap")
    templates.filters |= _filters()
    style, script = (templates.get_template(name).render() for name in ("rekap.css", "rekap.js"))
    tally = tally_of(rekap)
    page = templates.get_template("rekap.html.j2").stream(
        rekap=rekap,
        title=title_of(rekap),
        batas=tally.deadline,
        rows=rows_of(rekap, tally.deadline),
        tiles=tiles_of(rekap, tally),
        groups=groups_of(tally),
        documents=[(path, _DOCUMENTS.get(PurePosixPath(path).suffix, path)) for path in documents],
        style=style,
        script=script,
        policy=_policy(style, script),
        version=version,
        first=_FIRST_FINDINGS,
    )
    page.enable_buffering(_AT_ONCE)
    return map(ascii_page, page)


def link(path: str) -> str:
    """A relative address of a file: never a scheme, another host or an attribute, whatever its name is."""
    try:
        name = path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # half a character, as Windows allows in a name
        name = path.encode("utf-8", "surrogatepass")
    return f"./{quote(name)}"


def _policy(style: str, script: str) -> str:
    def own(text: str) -> str:
        digest = hashlib.sha256(text.encode("ascii")).digest()
        return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"

    return (
        f"default-src 'none'; style-src {own(style)}; script-src {own(script)}; "
        "base-uri 'none'; form-action 'none'"
    )


# How a value is written ------------------------------------------------------------------------------------


def _filters() -> dict[str, Callable[..., Any]]:
    return {
        "link": link,
        "rupiah": or_dash(format_rupiah),
        "percent": or_dash(format_percent),
        "date": or_dash(format_date),
        "level": lambda found: (found.severity.value, LEVELS[found.severity][0].capitalize()),
        "length_of_bar": lambda value: exact(min(max(value, Fraction(0)), Fraction(100)), 2),
    }
