"""Reading workbooks for the commands."""

from pathlib import Path

from lkt.errors import LktError
from lkt.formats.json import Checked
from lkt.pipeline import Result, run
from lkt.workbook.reader import read_workbook


def work_out(path: Path, previous: Path | None = None) -> Result:
    """One workbook read, worked out and checked, against the quarter before where it is named.

    Raises:
        UnreadableWorkbookError: one of the two cannot be read.
    """
    before = None if previous is None else read_workbook(previous)
    return run(read_workbook(path), before)


def check_file(path: Path, previous: Path | None = None) -> Checked:
    """The same for a list of files: one that cannot be read does not stop the others."""
    try:
        return Checked(str(path), work_out(path, previous))
    except LktError as error:
        return Checked(str(path), error)
