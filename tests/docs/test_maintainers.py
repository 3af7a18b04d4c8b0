"""The pages for maintainers: the picture of the rooms, the decisions, and every link between them."""

import re
from pathlib import Path

import pytest

from docs.architecture import PICTURE, picture

ROOT = Path(__file__).parents[2]
DECISIONS = ROOT / "docs" / "keputusan"
PAGES = (
    ROOT / "CONTRIBUTING.md",
    ROOT / "CHANGELOG.md",
    ROOT / "docs" / "arsitektur.md",
    *sorted(DECISIONS.glob("*.md")),
)
_LINK = re.compile(r"\]\((?!https?:)([^)#\s]*)(#[^)\s]*)?\)")
_PATH = re.compile(
    r"`((?:lkt|tests|docs|templates|examples|benchmarks|report|workbook|formats|commands)/[\w./-]+)`"
)


def rooms() -> list[str]:
    """The packages and modules right below lkt."""
    found = (
        path.stem
        for path in (ROOT / "lkt").iterdir()
        if path.suffix == ".py" or (path / "__init__.py").is_file()
    )
    return sorted(name for name in found if not name.startswith("_"))


def anchors(page: Path) -> set[str]:
    """The targets of a page's headings, as GitHub and Sphinx make them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {"#" + re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_picture_is_made_by_its_script() -> None:
    assert PICTURE.read_text(encoding="utf-8") == picture()


@pytest.mark.parametrize("room", rooms())
def test_every_room_is_in_the_picture(room: str) -> None:
    assert re.search(rf"\b{room}\b", picture())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target, anchor in _LINK.findall(page.read_text(encoding="utf-8")):
        place = page.parent / target if target else page
        assert place.exists(), target
        assert not anchor or anchor in anchors(place), target + anchor


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_files_that_are_named_are_there(page: Path) -> None:
    for name in _PATH.findall(page.read_text(encoding="utf-8")):
        assert (ROOT / name).exists() or (ROOT / "lkt" / name).exists(), name


@pytest.mark.parametrize("page", sorted(DECISIONS.glob("[0-9]*.md")), ids=lambda page: page.stem)
def test_a_decision_has_its_parts_and_is_in_the_list(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Question", "Options", "Outcome", "Consequences"]
    title = text.splitlines()[0].removeprefix("# ")
    assert f"[{title}]({page.name})" in (DECISIONS / "README.md").read_text(encoding="utf-8")
