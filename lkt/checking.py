"""What ``lkt check`` does, and how every command reads a workbook and works it out."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from lkt.errors import LktError
from lkt.files import Origin, SourceFile, free_name, require_closed, source_file, write_output
from lkt.formats import CheckFormat
from lkt.model import Dataset
from lkt.pipeline import Checked, Result, run
from lkt.rules import RULES
from lkt.workbook.opening import read_bytes
from lkt.workbook.reader import workbook_of

if TYPE_CHECKING:
    from lkt.workbook.changes import Put

# From a file to a result -----------------------------------------------------------------------------------


def work_out(path: Path, previous: Sequence[Path] = ()) -> Result:
    """What ``work_out_from`` gives, without the files."""
    return work_out_from(path, previous)[0]


def work_out_from(path: Path, previous: Sequence[Path] = ()) -> tuple[Result, Origin]:
    """One workbook read, worked out and checked against the earlier quarters that are named, and their files.

    Each file is read once, so that the digests are of the very bytes that were worked out.

    Raises:
        UnreadableWorkbookError: one of them cannot be read.
    """
    others = [_read(other) for other in previous]
    dataset, workbook = _read(path)
    before = sorted((file for _, file in others), key=lambda file: (file.nama, file.sha256))
    result = run(dataset, *(other for other, _ in others))
    return result, Origin(workbook, tuple(before), _pictures(dataset))


def _read(path: Path) -> tuple[Dataset, SourceFile]:
    data = read_bytes(path)
    return workbook_of(data, path), source_file(path, data)


def _pictures(dataset: Dataset) -> str:
    """The digest of the picture files that a report of this workbook shows."""
    pictures = [each for each in (dataset.logo, *(row.gambar for row in dataset.kegiatan)) if each]
    digests = "".join(each.sha256 for each in pictures if not each.masalah)
    return hashlib.sha256(digests.encode()).hexdigest() if digests else ""


# lkt check -------------------------------------------------------------------------------------------------


def check_file(path: Path, previous: Sequence[Path] = ()) -> Checked:
    """One of many files: where it cannot be read, that is its outcome, and does not stop the others."""
    try:
        return Checked(str(path), work_out(path, previous))
    except LktError as error:
        return Checked(str(path), error)


def check_files(
    files: Sequence[Path], previous: Sequence[Path], select: Sequence[str], ignore: Sequence[str]
) -> list[Checked]:
    """Every file checked, with the findings that are wanted; everything is worked out all the same.

    Args:
        files: the workbooks.
        previous: workbooks of earlier quarters, for one workbook only.
        select: codes, or beginnings of codes, such as ``A,K102``; none for all.
        ignore: codes, or beginnings of codes, whose findings are left out.

    Raises:
        LktError: an unknown code, or previous workbooks for several files.
    """
    if previous and len(files) > 1:
        raise LktError("--prev hanya dapat dipakai untuk satu buku kerja.", "Periksa satu demi satu.")
    wanted, unwanted = _codes(select), _codes(ignore)
    checked = [check_file(path, previous) for path in files]
    return [_chosen(each, wanted, unwanted) for each in checked]


def _codes(texts: Iterable[str]) -> tuple[str, ...]:
    codes = tuple(part.strip().upper() for text in texts for part in text.split(",") if part.strip())
    for code in codes:
        if not any(rule.code.startswith(code) for rule in RULES):
            raise LktError(f"Tidak ada aturan yang kodenya berawal {code}.", "Daftarnya: lkt rules")
    return codes


def _chosen(checked: Checked, wanted: tuple[str, ...], unwanted: tuple[str, ...]) -> Checked:
    if not isinstance(checked.outcome, Result):
        return checked
    findings = tuple(
        finding
        for finding in checked.outcome.findings
        if (not wanted or finding.code.startswith(wanted)) and not finding.code.startswith(unwanted)
    )
    return replace(checked, outcome=replace(checked.outcome, findings=findings))


def render(checked: Sequence[Checked], form: CheckFormat) -> str:
    """The findings as one text; not for ``CheckFormat.TEXT``, which is a view."""
    return str(import_module(f"lkt.formats.{form.value}").findings(checked))


def exit_code(checked: Sequence[Checked], *, strict: bool) -> int:
    """0 no errors, 1 errors found, 2 a file could not be read; ``strict`` takes warnings for errors."""
    statuses = {item.status for item in checked}
    if "unreadable" in statuses:
        return 2
    return int("error" in statuses or (strict and "warning" in statuses))


# Copies of the user's own workbook: with the findings marked, or with corrections made --------------------


def annotated_copies(checked: Sequence[Checked]) -> list[Path]:
    """Write a marked copy beside each workbook that has findings; the copies' paths.

    Raises:
        OutputError: a copy cannot be written.
        UnreadableWorkbookError: a workbook that was read a moment ago is gone.
    """
    from lkt.workbook.annotation import annotate  # noqa: PLC0415 - most checks write no copy

    copies = []
    for item in checked:
        findings = item.outcome.findings if isinstance(item.outcome, Result) else ()
        if still_open := [finding for finding in findings if not finding.accepted]:
            path = Path(item.path)
            copies.append(free_name(path, "diperiksa"))
            write_output(copies[-1], annotate(read_bytes(path), still_open))
    return copies


@dataclass(frozen=True, slots=True)
class Corrected:
    """What ``--fix`` did with one workbook.

    Attributes:
        path: the workbook as it was named.
        puts: what was corrected.
        result: what can be said of the workbook now.
        target: the corrected file; None where there was nothing to correct.
        backup: the workbook as it was, where the corrected one took its name.
    """

    path: str
    puts: "tuple[Put, ...]"
    result: Result
    target: Path | None = None
    backup: Path | None = None


def correct_files(
    checked: Sequence[Checked], previous: Sequence[Path] = (), *, in_place: bool = False
) -> list[Corrected]:
    """Correct each workbook in which something has one reading alone, in a copy beside it or in its place.

    Raises:
        OutputError: a copy cannot be written.
        UnreadableWorkbookError: a workbook that was read a moment ago is gone.
    """
    from lkt.workbook.corrections import correct_workbook  # noqa: PLC0415 - most checks write no copy

    done = []
    for item in checked:
        if not isinstance(item.outcome, Result):
            continue
        path = Path(item.path)
        if in_place:
            require_closed(path)
        data, made = correct_workbook(read_bytes(path), path)
        if not made:
            done.append(Corrected(item.path, made, item.outcome))
            continue
        target = path if in_place else free_name(path, "diperbaiki")
        backup = write_output(target, data, replace=in_place)
        done.append(Corrected(item.path, made, work_out(target, previous), target, backup))
    return done


def after_corrections(checked: Sequence[Checked], corrected: Sequence[Corrected]) -> list[Checked]:
    """The files with what can be said now of those that were corrected."""
    now = {each.path: Checked(str(each.target or each.path), each.result) for each in corrected}
    return [now.get(each.path, each) for each in checked]
