"""``lkt check``: from files to findings in the format that was asked for, and an exit code."""

from collections.abc import Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from lkt.commands.choices import CheckFormat
from lkt.commands.reading import check_file
from lkt.errors import LktError
from lkt.formats.json import Checked
from lkt.pipeline import Result
from lkt.rules.base import Rule
from lkt.selection import parse_codes, selected


def check_files(
    files: Sequence[Path], previous: Sequence[Path], select: Sequence[str], ignore: Sequence[str]
) -> list[Checked]:
    """Every file checked, with the findings that are wanted.

    Raises:
        LktError: an unknown code, or previous workbooks for several files.
    """
    if previous and len(files) > 1:
        raise LktError("--prev hanya dapat dipakai untuk satu buku kerja.", "Periksa satu demi satu.")
    wanted, unwanted = parse_codes(select), parse_codes(ignore)
    return [_select(check_file(path, previous), wanted, unwanted) for path in files]


def _select(checked: Checked, select: Sequence[str], ignore: Sequence[str]) -> Checked:
    if not isinstance(checked.outcome, Result):
        return checked
    return replace(checked, outcome=selected(checked.outcome, select, ignore))


def render(checked: Sequence[Checked], form: CheckFormat, rules: Sequence[Rule]) -> str:
    """The findings as one text; not for ``CheckFormat.TEXT``, which is a view.

    ``rules`` are those that were asked, so that a format can tell which passed.
    """
    module = import_module(f"lkt.formats.{form.value}")  # each costs what it needs: HTML a template language
    text: str = module.findings(checked, rules)
    return text


def exit_code(checked: Sequence[Checked], *, strict: bool) -> int:
    """0 no errors, 1 errors found, 2 a file could not be read; ``strict`` takes warnings for errors."""
    statuses = {item.status for item in checked}
    if "unreadable" in statuses:
        return 2
    return int("error" in statuses or (strict and "warning" in statuses))
