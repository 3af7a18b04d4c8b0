"""The guide is built as a site without a warning, complete, and without anything from a network."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.pages import ROOT

DOCS = ROOT / "docs"
FETCHED = re.compile(r"""<(?:script|link|img)[^>]+(?:src|href)=["'](?:https?:)?//""")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("situs")
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", str(DOCS), str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, "")
    return out


def test_every_page_is_there_and_found_by_the_sidebar(site: Path) -> None:
    start = (site / "index.html").read_text(encoding="utf-8")
    for page in DOCS.rglob("*.md"):
        built = page.relative_to(DOCS).with_suffix(".html").as_posix()
        assert (site / built).is_file()
        assert built == "index.html" or f'href="{built}"' in start


def test_the_site_is_indonesian_and_needs_no_network(site: Path) -> None:
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert '<html class="no-js" lang="id"' in text
        assert not FETCHED.search(text), page.name


def test_words_are_found_by_the_search(site: Path) -> None:
    index = (site / "searchindex.js").read_text(encoding="utf-8")
    assert "pengecualian" in index.lower()
    assert "tanya-jawab" in index
