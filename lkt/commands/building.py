"""``lkt build``: from a workbook that was worked out to a report on disk."""

from pathlib import Path

from lkt.output import require_suffix, write_output
from lkt.pipeline import Result
from lkt.report.word import build_report, read_template, report_name


def write_report(
    result: Result, workbook: Path, output: Path | None, template: Path | None, *, draft: bool, force: bool
) -> Path:
    """Build the report and write it, beside the workbook where no other place was named.

    Raises:
        TemplateError: the template has mistakes.
        OutputError: the file is no .docx, cannot be written, or is there already without ``force``.
    """
    target = output or workbook.with_name(report_name(result))
    if not target.is_dir():  # the writer says what is wrong with a folder
        require_suffix(target, ".docx")
    document = build_report(result, *read_template(template), draft=draft)
    write_output(target, document, replace=force)
    return target
