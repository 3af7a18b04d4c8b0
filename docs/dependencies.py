"""Write dependencies.md: ``python -m docs.dependencies PYLOCK``.

``PYLOCK`` is the lock in the format of PEP 751, which tells when each release came out; CONTRIBUTING.md says
how to make it. Licences come from the metadata of the installed packages; what for, and what it would take to
leave, are written here by hand.
"""

import importlib.metadata
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
LOCK = ROOT / ".ci" / "lock.txt"
PAGE = ROOT / "docs" / "dependencies.md"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a dependency is there.

    Attributes:
        use: what for.
        leaving: what it would take to do without.
    """

    use: str
    leaving: str


RUNTIME = {
    "typer": Reason(
        "the command line: options, help",
        "`lkt/cli.py` and `lkt/usage.py` over argparse; two days, no other module knows it",
    ),
    "rich": Reason(
        "tables and colours of the terminal, the progress of a batch",
        "two modules that print views (`lkt/formats/screen.py`, `lkt/batch/view.py`); a day",
    ),
    "openpyxl": Reason(
        "takes formulas apart and moves them (`new --from`, `--fix`); tests read with it what we write",
        "a tokenizer of formulas of our own; a week. Workbooks are read by our own reader already",
    ),
    "xlsxwriter": Reason(
        "writes workbooks and the recap: notes, validation, tables, charts, the same bytes each time",
        "openpyxl writes most of it, without reproducible bytes and cached values; a week or two",
    ),
    "jinja2": Reason(
        "the language of the Word template, in its sandbox; the HTML pages",
        "every template in use would have to be rewritten: practically never",
    ),
    "python-docx": Reason(
        "the document below a Word template: parts, headers, pictures, comments, properties",
        "a layer of our own over zip and lxml, as there was one; two weeks",
    ),
    "lxml": Reason(
        "all XML of Word files and workbooks, fast and with namespaces kept",
        "the standard library's ElementTree loses namespace prefixes and comments; weeks, and slower",
    ),
    "pillow": Reason(
        "turns, scales and strips photos",
        "nothing else in Python does it; photos would have to be put in as they are",
    ),
    "holidays": Reason(
        "libur nasional and cuti bersama, for the deadline of five working days",
        "a table that somebody keeps up every year; a day, and an hour a year",
    ),
    "pypdf": Reason(
        "reads from LibreOffice's PDF on which page each heading is",
        "a call of LibreOffice or poppler for it, or no page numbers before Word makes them; a day or two",
    ),
}
DEVELOPMENT = {
    "hatchling": Reason("the build backend, pinned with the rest", "setuptools; an hour"),
    "editables": Reason("what hatchling needs for `pip install -e`", "goes with hatchling"),
    "hypothesis": Reason("makes up cells and texts that nobody thinks of", "examples by hand; weaker tests"),
    "jsonschema": Reason(
        "checks that the JSON is what its schema promises", "comparing by hand; an hour, weaker"
    ),
    "import-linter": Reason("keeps imports pointing one way", "a test over the syntax trees; a day"),
    "mypy": Reason("types", "another type checker; days of other complaints"),
    "ooxml-integrity": Reason("one of two validators of Office files", "the other one; a weaker check"),
    "openxml-audit": Reason("one of two validators of Office files", "the other one; a weaker check"),
    "pytest": Reason("runs the tests", "unittest; weeks"),
    "pytest-xdist": Reason("runs them on all cores", "waiting longer"),
    "ruff": Reason("lint and format", "several other tools; a day"),
    "types-jsonschema": Reason("types of jsonschema", "an exception for mypy; minutes"),
    "types-openpyxl": Reason("types of openpyxl", "an exception for mypy; minutes"),
    "lxml-stubs": Reason("types of lxml", "an exception for mypy; hours"),
    "sphinx": Reason("makes the site of `docs/`", "another generator; a day: the pages are plain Markdown"),
    "myst-parser": Reason("lets Sphinx read Markdown as GitHub does", "goes with Sphinx"),
    "furo": Reason("the looks of the site", "a theme that comes with Sphinx; hours"),
}
_LICENCES = {
    "BSD License": "BSD-3-Clause",
    "BSD 2-Clause License": "BSD-2-Clause",
    "MIT License": "MIT",
    "Apache Software License": "Apache-2.0",
}
_WORDY = 30  # letters; more is a whole licence in place of its name


def normal(name: str) -> str:
    """The name of a package as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(lock: str) -> dict[str, str]:
    """Name -> version of all that a lock installs."""
    return dict(re.findall(r"^([\w.-]+)==(\S+)", lock, re.MULTILINE))


def licence(name: str) -> str:
    """What the installed package says of its licence."""
    about = importlib.metadata.metadata(name).json
    stated = str(about.get("license_expression") or about.get("license") or "")
    if 0 < len(stated) <= _WORDY:
        return _LICENCES.get(stated, stated)
    classes = [each.rpartition(" :: ")[2] for each in about.get("classifier", ()) if "License" in each]
    return _LICENCES.get(classes[0], classes[0]) if classes else "not stated"


def released(package: Mapping[str, Any]) -> date:
    """The day on which the first file of a release came out."""
    files = [*package.get("wheels", ()), *filter(None, [package.get("sdist")])]
    first: datetime = min(file["upload-time"] for file in files)
    return first.date()


def page(lock: str, pylock: Mapping[str, Any], day: date) -> str:
    """The whole page in Markdown."""
    days = {package["name"]: released(package) for package in pylock["packages"] if "version" in package}
    return "\n".join(_lines(pins(lock), days, day)) + "\n"


def _lines(versions: Mapping[str, str], days: Mapping[str, date], day: date) -> Iterator[str]:
    yield "# Dependencies"
    yield ""
    yield f"What `lkt` stands on, as `.ci/lock.txt` pins it; looked up on {day.isoformat()}. Made by"
    yield "`python -m docs.dependencies` from the lock and the packages' own metadata; see CONTRIBUTING.md."
    yield "A new one needs a reason that fits into this table."
    yield from _table("To run", RUNTIME, versions, days)
    yield from _table("To develop", DEVELOPMENT, versions, days)
    others = [f"{name} {version}" for name, version in versions.items() if name not in RUNTIME | DEVELOPMENT]
    yield ""
    yield "## What these bring along"
    yield ""
    yield f"{len(others)} more packages, pinned in the same way: {', '.join(others)}."
    yield ""
    yield "LibreOffice is no Python package and no dependency: with it `lkt` counts pages and makes PDFs,"
    yield "without it everything else works."


def _table(
    title: str, reasons: Mapping[str, Reason], versions: Mapping[str, str], days: Mapping[str, date]
) -> Iterator[str]:
    yield from ("", f"## {title}", "")
    yield "| Package | Version | Released | Licence | What for | What it would take to leave it |"
    yield "|---|---|---|---|---|---|"
    for name, why in reasons.items():
        facts = f"{versions[name]} | {days[name].isoformat()} | {licence(name)}"
        yield f"| {name} | {facts} | {why.use} | {why.leaving} |"


if __name__ == "__main__":
    told = tomllib.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    text = page(LOCK.read_text(encoding="utf-8"), told, date.today())  # noqa: DTZ011 - the day here
    PAGE.write_text(text, encoding="utf-8", newline="\n")
