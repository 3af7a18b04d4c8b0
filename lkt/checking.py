"""``lkt check`` and what the other commands share: workbooks read, findings chosen, copies written."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from lkt.errors import LktError
from lkt.files import Origin, SourceFile, free_name, read_file, source_file, write_output
from lkt.formats import CheckFormat
from lkt.formats.json import Checked
from lkt.model import Dataset
from lkt.pipeline import Result, run
from lkt.rules import RULES
from lkt.rules.base import Rule
from lkt.workbook.changes import Put
from lkt.workbook.corrections import correct_workbook
from lkt.workbook.opening import read_bytes
from lkt.workbook.reader import workbook_of
from lkt.xlsx.annotate import annotate

# Which findings the operator wants to see: by code, or by the beginning of codes --------------------------


def parse_codes(texts: Iterable[str]) -> tuple[str, ...]:
    """The codes, or beginnings of codes, of options such as ``A,K102``.

    Raises:
        LktError: no rule has such a code.
    """
    wanted = tuple(part.strip().upper() for text in texts for part in text.split(",") if part.strip())
    for code in wanted:
        if not any(rule.code.startswith(code) for rule in RULES):
            raise LktError(f"Tidak ada aturan yang kodenya berawal {code}.", "Daftarnya: lkt rules")
    return wanted


def asked(select: Sequence[str], ignore: Sequence[str], *, compared: bool) -> tuple[Rule, ...]:
    """The rules that are wanted; those between quarters only where there was one to compare with."""
    return tuple(
        rule for rule in RULES if _wanted(rule.code, select, ignore) and (compared or rule.code[0] != "T")
    )


def _wanted(code: str, select: Sequence[str], ignore: Sequence[str]) -> bool:
    chosen = not select or code.startswith(tuple(select))
    return chosen and not (ignore and code.startswith(tuple(ignore)))


def selected(result: Result, select: Sequence[str], ignore: Sequence[str]) -> Result:
    """The result with the findings that are wanted; everything is computed and checked all the same."""
    return replace(
        result,
        findings=tuple(finding for finding in result.findings if _wanted(finding.code, select, ignore)),
    )


# Reading workbooks for the commands -----------------------------------------------------------------------


def work_out(path: Path, previous: Sequence[Path] = ()) -> Result:
    """One workbook read, worked out and checked, against the earlier quarters that are named.

    Raises:
        UnreadableWorkbookError: one of them cannot be read.
    """
    return work_out_from(path, previous)[0]


def work_out_from(path: Path, previous: Sequence[Path] = ()) -> tuple[Result, Origin]:
    """The same, with the files that were read; each is read once, so the digest is of what was worked out.

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
    paths = [each.sumber for each in pictures if isinstance(each.sumber, Path) and not each.masalah]
    digests = [source_file(path, read_file(path, "Gambar")).sha256 for path in paths]
    return hashlib.sha256("".join(digests).encode()).hexdigest() if digests else ""


def check_file(path: Path, previous: Sequence[Path] = ()) -> Checked:
    """The same for a list of files: one that cannot be read does not stop the others."""
    try:
        return Checked(str(path), work_out(path, previous))
    except LktError as error:
        return Checked(str(path), error)


# ``lkt check``: from files to findings in the format that was asked for, and an exit code -----------------


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


# Copies of the user's own workbook: with the findings marked, or with corrections made --------------------


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


def corrected_copies(checked: Sequence[Checked]) -> list[tuple[str, tuple[Put, ...], Path | None]]:
    """Write a corrected copy beside each workbook in which something has one reading alone.

    Returns:
        For each workbook that could be read: its path, what was corrected, and the copy, None where there
        was nothing to correct.

    Raises:
        OutputError: a copy cannot be written.
    """
    return [_corrected(Path(item.path)) for item in checked if isinstance(item.outcome, Result)]


def _corrected(path: Path) -> tuple[str, tuple[Put, ...], Path | None]:
    data, made = correct_workbook(read_bytes(path), path)
    if not made:
        return str(path), made, None
    target = free_name(path, "diperbaiki")
    write_output(target, data)
    return str(path), made, target
