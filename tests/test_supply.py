"""What is installed to develop and to check: pinned, hashed, and each with its reason."""

import re
import tomllib

from packaging.requirements import Requirement

from docs.dependencies import DEVELOPMENT, LOCK, PAGE, ROOT, RUNTIME, normal, pins
from tests.builders import EXAMPLES

_PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
_RUN = [Requirement(each) for each in _PROJECT["project"]["dependencies"]]
_DEVELOP = [Requirement(each) for each in _PROJECT["project"]["optional-dependencies"]["dev"]]
_BUILD = [Requirement(each) for each in _PROJECT["build-system"]["requires"]]
_TEXT = LOCK.read_text(encoding="utf-8")


def test_the_lock_satisfies_pyproject() -> None:
    pinned = {normal(name): version for name, version in pins(_TEXT).items()}
    for each in (*_RUN, *_DEVELOP, *_BUILD):
        assert each.specifier.contains(pinned[normal(each.name)]), each


def test_each_pin_has_its_hash_and_no_address() -> None:
    for entry in re.split(r"\n(?=\S)", _TEXT.strip()):
        assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", entry)
    assert not re.search(r"://|^-|@ ", _TEXT, re.MULTILINE)


def test_each_dependency_has_its_reason() -> None:
    assert set(RUNTIME) == {normal(each.name) for each in _RUN}
    assert set(DEVELOPMENT) == {normal(each.name) for each in _DEVELOP}


def test_the_page_is_that_of_the_lock() -> None:
    text, pinned = PAGE.read_text(encoding="utf-8"), pins(_TEXT)
    for name, why in (RUNTIME | DEVELOPMENT).items():
        row = rf"\| {re.escape(name)} \| {re.escape(pinned[name])} \| \d{{4}}-\d\d-\d\d \| [\w. -]+ \| "
        assert re.search(row + re.escape(f"{why.use} | {why.leaving} |"), text), name
    others = set(pinned) - set(RUNTIME) - set(DEVELOPMENT)
    assert f"{len(others)} more packages" in text
    assert all(f"{name} {pinned[name]}" in text for name in others)


def test_set_up_is_one_command_from_the_lock() -> None:
    lines = [
        line
        for page in ("README.md", "CONTRIBUTING.md")
        for line in (EXAMPLES.parent / page).read_text(encoding="utf-8").splitlines()
        if re.match(r"python3 -m venv .*pytest", line)
    ]
    assert len(lines) == 2
    assert len(set(lines)) == 1
    assert "--require-hashes -r .ci/lock.txt && " in lines[0]
    assert "--no-deps --no-build-isolation -e . && " in lines[0]
