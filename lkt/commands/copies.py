"""Copies of the user's own workbook: with the findings marked, or with corrections made."""

from collections.abc import Sequence
from pathlib import Path

from lkt.corrections import Correction, correct_workbook
from lkt.formats.json import Checked
from lkt.output import free_name, write_output
from lkt.pipeline import Result
from lkt.workbook.opening import read_bytes
from lkt.workbook.patch import annotate


def annotated_copies(checked: Sequence[Checked]) -> list[Path]:
    """Write a marked copy beside each workbook that has findings; the copies' paths.

    Raises:
        OutputError: a copy cannot be written.
        UnreadableWorkbookError: a workbook that was read a moment ago is gone.
    """
    return [_annotated(Path(item.path), item.outcome) for item in checked if _has_findings(item)]


def _has_findings(item: Checked) -> bool:
    return isinstance(item.outcome, Result) and any(not found.accepted for found in item.outcome.findings)


def _annotated(path: Path, outcome: object) -> Path:
    assert isinstance(outcome, Result)
    target = free_name(path, "diperiksa")
    still_open = [finding for finding in outcome.findings if not finding.accepted]
    write_output(target, annotate(read_bytes(path), still_open))
    return target


def corrected_copies(checked: Sequence[Checked]) -> list[tuple[str, tuple[Correction, ...], Path | None]]:
    """Write a corrected copy beside each workbook in which something has one reading alone.

    Returns:
        For each workbook that could be read: its path, what was corrected, and the copy, None where there
        was nothing to correct.

    Raises:
        OutputError: a copy cannot be written.
    """
    return [_corrected(Path(item.path)) for item in checked if isinstance(item.outcome, Result)]


def _corrected(path: Path) -> tuple[str, tuple[Correction, ...], Path | None]:
    data, made = correct_workbook(read_bytes(path), path)
    if not made:
        return str(path), made, None
    target = free_name(path, "diperbaiki")
    write_output(target, data)
    return str(path), made, target
