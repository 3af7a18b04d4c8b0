"""``lkt build``: from a workbook that was worked out to a report on disk."""

from dataclasses import dataclass
from enum import Enum
from functools import partial
from pathlib import Path

from lkt.errors import LktError, OpenElsewhereError, OutputError
from lkt.output import free_name, lock_of, require_suffix, write_output
from lkt.pipeline import Result
from lkt.report.trace.align import Change, changes
from lkt.report.trace.asal import Asal
from lkt.report.trace.seal import unseal
from lkt.report.word import build_report, read_template, report_name

_BESIDE = "baru"


class Old(Enum):
    """How the file was found that stood where the report belongs."""

    NONE = "there was none"
    SAME = "it is the very report"
    OURS = "as lkt wrote it"
    EDITED = "edited by hand since"
    FOREIGN = "not written by lkt, or its seal is gone"
    OPEN = "open in another program"


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a build.

    Attributes:
        path: the report that was written.
        target: where it belongs; another file than ``path`` where the old one was left alone.
        old: how the old one was found.
        backup: the copy of the one that was replaced.
        edits: what was edited by hand in the old one; empty where that can no longer be told.
    """

    path: Path
    target: Path
    old: Old = Old.NONE
    backup: Path | None = None
    edits: tuple[Change, ...] = ()


def report_path(result: Result, workbook: Path, output: Path | None) -> Path:
    """Where the report belongs: beside the workbook where no other place was named.

    Raises:
        OutputError: another kind of file was named.
    """
    target = output or workbook.with_name(report_name(result))
    if not target.is_dir():  # the writer says what is wrong with a folder
        require_suffix(target, ".docx")
    return target


def write_report(
    result: Result, asal: Asal, target: Path, template: Path | None, *, draft: bool, force: bool
) -> Written:
    """Build the report and write it.

    A report that is there already is replaced where nothing of the user's is in it; otherwise the new one
    is written beside it, unless ``force``.

    Raises:
        TemplateError: the template has mistakes.
        OutputError: the file cannot be written.
    """
    document = build_report(result, *read_template(template), draft=draft, asal=asal)
    if not target.is_file():
        write_output(target, document)
        return Written(target, target)
    return _rebuilt(target, document, force=force)


def _rebuilt(target: Path, document: bytes, *, force: bool) -> Written:
    old, edits = _examine(target, document)
    if old is Old.SAME:
        return Written(target, target, old)
    replace = partial(write_output, target, document, replace=True, expendable=_untouched)
    if old is Old.OURS or force:
        try:
            return Written(target, target, old, replace(), edits)
        except OpenElsewhereError:
            old = Old.OPEN
    beside = free_name(target, _BESIDE)
    write_output(beside, document)
    return Written(beside, target, old, None, edits)


def _examine(target: Path, document: bytes) -> tuple[Old, tuple[Change, ...]]:
    """How the old file stands, and what was edited in it; one that is open may yet change."""
    try:
        data = target.read_bytes()
    except PermissionError:
        return Old.OPEN, ()
    except OSError as error:
        raise OutputError(f"“{target}” tidak dapat dibaca: {error.strerror}.") from None
    if data == document:
        return Old.SAME, ()
    old, edits = _examine_content(data, target.name)
    return (Old.OPEN if lock_of(target) else old), edits


def _examine_content(data: bytes, name: str) -> tuple[Old, tuple[Change, ...]]:
    try:
        report = unseal(data, name)
    except LktError:
        return Old.FOREIGN, ()
    if not report.ours:
        return Old.FOREIGN, ()
    if not report.edited:
        return Old.OURS, ()
    return Old.EDITED, () if report.written is None else changes(report.written, report.content)


def _untouched(backup: Path) -> bool:
    """Whether a file holds a report just as lkt wrote it."""
    try:
        return _examine_content(backup.read_bytes(), backup.name)[0] is Old.OURS
    except OSError:
        return False
