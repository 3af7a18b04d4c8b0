"""Every link leads somewhere; every page of the guide is reached from its index."""

import re
from pathlib import Path

import pytest

from docs.markdown import anchors, slug
from tests.docs.pages import PAGES, ROOT, links, name

EXTERNAL = re.compile(r"https://[\w.-]+(/[\w./%-]*)?")
DOCS = ROOT / "docs"


def broken(path: Path) -> list[str]:
    """The links of a page that lead nowhere; those to other sites are judged by their form."""
    return [link for link in links(path) if not _leads(path, link)]


def _leads(path: Path, link: str) -> bool:
    if "://" in link or link.startswith("mailto:"):
        return EXTERNAL.fullmatch(link) is not None
    target, _, anchor = link.partition("#")
    place = (path.parent / target) if target else path
    if not place.exists():
        return False
    return not anchor or (place.suffix == ".md" and anchor in anchors(place.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_every_link_leads_somewhere(path: Path) -> None:
    assert broken(path) == []


def test_links_that_lead_nowhere_are_found(tmp_path: Path) -> None:
    page = tmp_path / "a.md"
    page.write_text(
        "# Judul `a`\n[1](b.md) [2](#judul-a) [3](#lain) [4](http://x) [5](https://x.id/a)", encoding="utf-8"
    )
    assert broken(page) == ["b.md", "#lain", "http://x"]


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("A103 Capaian anggaran berbeda", "a103-capaian-anggaran-berbeda"),
        ("K105 Penyebut berbeda dari desa × dokumen", "k105-penyebut-berbeda-dari-desa--dokumen"),
        ("`lkt show FILE --format json`", "lkt-show-file---format-json"),
        ("“Permission denied”, atau", "permission-denied-atau"),
        ("[Tautan](a.md) lain", "tautan-lain"),
    ],
)
def test_the_anchor_of_a_heading(heading: str, anchor: str) -> None:
    assert slug(heading) == anchor


def test_a_heading_that_comes_again_is_numbered() -> None:
    assert anchors("# A\n## B\n```\n# no\n```\n## B\n") == {"a", "b", "b-1"}


def test_every_page_of_the_guide_is_reached_from_an_index() -> None:
    reached = {
        (index.parent / link.partition("#")[0]).resolve()
        for index in (*DOCS.rglob("index.md"), *DOCS.rglob("README.md"))
        for link in links(index)
    }
    pages = {path.resolve() for path in DOCS.rglob("*.md")} - {(DOCS / "index.md").resolve()}
    assert sorted(name(path) for path in pages - reached) == []
