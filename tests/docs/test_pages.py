"""The pages: links, pictures, the parts of a decision, and the site that is made of them."""

import re
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest

from docs.architecture import PICTURE, picture
from docs.markdown import anchors, slug
from docs.pictures import PICTURES, output_of_check
from tests.docs.pages import DOCS, PAGES, ROOT, links, name

DECISIONS = DOCS / "keputusan"


# Links -----------------------------------------------------------------------------------------------------


def leads(path: Path, link: str) -> bool:
    """Whether a link of a page leads somewhere; one to another site is judged by its form."""
    if "://" in link or link.startswith("mailto:"):
        return re.fullmatch(r"https://[\w.-]+(/[\w./%-]*)?", link) is not None
    target, _, anchor = link.partition("#")
    place = (path.parent / target) if target else path
    if not place.exists():
        return False
    return not anchor or (place.suffix == ".md" and anchor in anchors(place.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_every_link_leads_somewhere(path: Path) -> None:
    assert [link for link in links(path) if not leads(path, link)] == []


def test_links_that_lead_nowhere_are_found(tmp_path: Path) -> None:
    page = tmp_path / "a.md"
    page.write_text("# Judul `a`\n## A × B\n```\n# no\n```\n## A × B\n", encoding="utf-8")
    good = ("#judul-a", "#a--b", "#a--b-1", "a.md#a--b", "https://x.id/a")
    assert [link for link in ("b.md", "#no", *good, "http://x") if not leads(page, link)] == [
        "b.md", "#no", "http://x",
    ]  # fmt: skip
    assert slug("[Tautan](a.md) “lain”, atau `lkt --x`") == "tautan-lain-atau-lkt---x"


def test_every_page_of_the_guide_is_reached_from_an_index() -> None:
    reached = {
        (index.parent / link.partition("#")[0]).resolve()
        for index in (*DOCS.rglob("index.md"), *DOCS.rglob("README.md"))
        for link in links(index)
    }
    pages = {path.resolve() for path in DOCS.rglob("*.md")} - {(DOCS / "index.md").resolve()}
    assert sorted(name(path) for path in pages - reached) == []


# For maintainers -------------------------------------------------------------------------------------------

_PATH = re.compile(
    r"`((?:lkt|tests|docs|templates|examples|benchmarks|report|workbook|formats|commands)/[\w./-]+)`"
)


@pytest.mark.parametrize(
    "page",
    [
        ROOT / "CONTRIBUTING.md",
        ROOT / "CHANGELOG.md",
        DOCS / "arsitektur.md",
        *sorted(DECISIONS.glob("*.md")),
    ],
    ids=name,
)
def test_files_that_are_named_are_there(page: Path) -> None:
    for path in _PATH.findall(page.read_text(encoding="utf-8")):
        assert (ROOT / path).exists() or (ROOT / "lkt" / path).exists(), path


def test_every_room_is_in_the_picture_of_the_architecture() -> None:
    assert PICTURE.read_text(encoding="utf-8") == picture(), "python -m docs.architecture"
    rooms = {
        path.stem
        for path in (ROOT / "lkt").glob("[!_]*")
        if path.suffix == ".py" or (path / "__init__.py").is_file()
    }
    assert {room for room in rooms if not re.search(rf"\b{room}\b", picture())} == set()


@pytest.mark.parametrize("page", sorted(DECISIONS.glob("[0-9]*.md")), ids=lambda page: page.stem)
def test_a_decision_has_its_parts_and_is_in_the_list(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Question", "Options", "Outcome", "Consequences"]
    title = text.splitlines()[0].removeprefix("# ")
    assert f"[{title}]({page.name})" in (DECISIONS / "README.md").read_text(encoding="utf-8")


# Pictures and the site -------------------------------------------------------------------------------------


def words(svg: str) -> list[str]:
    """What a picture says; how rich draws it differs from version to version."""
    return unescape(" ".join(re.findall(r"<text [^>]*>([^<]*)</text>", svg))).replace("\xa0", " ").split()


def test_the_picture_of_check_shows_what_check_prints() -> None:
    shown = words((PICTURES / "check.svg").read_text(encoding="utf-8"))
    assert "I102" in shown
    assert shown == words(output_of_check()), "python -m docs.pictures"


def test_the_guide_is_a_site_without_warnings_that_needs_no_network(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", DOCS, tmp_path],
        capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    start = (tmp_path / "index.html").read_text(encoding="utf-8")
    for page in DOCS.rglob("*.md"):
        built = page.relative_to(DOCS).with_suffix(".html").as_posix()
        assert (tmp_path / built).is_file()
        assert built == "index.html" or f'href="{built}"' in start, "the sidebar lacks a page"
    for path in tmp_path.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert '<html class="no-js" lang="id"' in text
        fetched = re.search(r"""<(?:script|link|img)[^>]+(?:src|href)=["'](?:https?:)?//""", text)
        assert not fetched, path.name
    found = (tmp_path / "searchindex.js").read_text(encoding="utf-8").lower()
    assert "pengecualian" in found
    assert "tanya-jawab" in found
