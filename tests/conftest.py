"""Options of the test run."""

import os
import shutil
from collections.abc import Callable, Generator, Iterator
from functools import partial
from pathlib import Path

import pytest
from hypothesis import settings

from tests.converting import SavedAs, save_as
from tests.recap.browser import CHROMIUM, Browser, browser

# A slow or busy machine is no failure of a law.
settings.register_profile("lkt", deadline=None, max_examples=50)
settings.register_profile("banyak", deadline=None, max_examples=5000)  # --hypothesis-profile banyak
settings.load_profile("lkt")

# Where a shell forbids to keep compiled modules, each of some two hundred processes that the tests start, and
# each worker of ``-n``, would compile all of the program and of the tests anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# LibreOffice takes seconds: a test that wants it takes the fixture ``libreoffice``.
os.environ["LKT_SOFFICE"] = "tidak dipakai dalam pengujian"

GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--update-golden`` writes the golden files anew instead of comparing with them."""
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """Each worker of ``-n`` takes a row of neighbours, which share what is made once for a module."""
    from xdist.scheduler import WorkStealingScheduling  # noqa: PLC0415 - where xdist is there and used

    return WorkStealingScheduling(config, log) if config.option.dist == "load" else None


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with the golden file of a name."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.write_text(text, encoding="utf-8", newline="\n")
        assert text == path.read_text(encoding="utf-8"), f"{path} differs; --update-golden takes the new text"

    return compare


@pytest.fixture
def libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the program find LibreOffice, in this process and in those it starts."""
    monkeypatch.delenv("LKT_SOFFICE")


@pytest.fixture(scope="session")
def saved_as(tmp_path_factory: pytest.TempPathFactory) -> SavedAs:
    """LibreOffice itself, with one profile for all tests of a process."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    return partial(save_as, program, tmp_path_factory.mktemp("libreoffice"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI, where everything is installed, a test that skips has failed."""
    report = yield
    if os.environ.get("LKT_NO_SKIP") and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, but nothing may skip here: {report.longrepr}"
    return report


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One browser for all tests of a module."""
    if CHROMIUM is None:
        pytest.skip("Chromium is missing")
    with browser(tmp_path_factory.mktemp("profile")) as opened:
        yield opened
