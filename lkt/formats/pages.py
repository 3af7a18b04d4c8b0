"""What the HTML pages have in common: how their templates are found and filled, and plain ASCII bytes."""

from functools import cache
from importlib.resources import files as resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import jinja2

_SHARED = "lkt.formats"


@cache
def environment(*packages: str) -> "jinja2.Environment":
    """Templates from folder ``templates`` of these packages, then the shared ones; everything is escaped.

    One environment serves all pages of a run, since it keeps the templates that it compiled: a batch writes
    hundreds of pages.
    """
    import jinja2  # noqa: PLC0415 - most commands do without it

    from lkt.bytecode import kept  # noqa: PLC0415 - it takes jinja2

    return jinja2.Environment(
        loader=jinja2.ChoiceLoader([_loader(package) for package in (*packages, _SHARED)]),
        bytecode_cache=kept(),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def ascii_page(page: str) -> str:
    """The page with other letters as character references.

    So a redirection on an old console that takes it for another encoding does not spoil it.
    """
    return page.encode("ascii", "xmlcharrefreplace").decode("ascii")


def _loader(package: str) -> "jinja2.FunctionLoader":
    import jinja2  # noqa: PLC0415 - most commands do without it

    folder = resources(package) / "templates"

    def text(name: str) -> str | None:
        file = folder / name
        return file.read_text(encoding="utf-8") if file.is_file() else None

    return jinja2.FunctionLoader(text)
