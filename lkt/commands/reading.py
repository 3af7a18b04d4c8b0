"""Reading workbooks for the commands."""

from collections.abc import Sequence
from pathlib import Path

from lkt.errors import LktError
from lkt.formats.json import Checked
from lkt.pipeline import Result, run
from lkt.workbook.reader import read_workbook


def work_out(path: Path, previous: Sequence[Path] = ()) -> Result:
    """One workbook read, worked out and checked, against the earlier quarters that are named.

    Raises:
        UnreadableWorkbookError: one of them cannot be read.
    """
    others = [read_workbook(other) for other in previous]
    return run(read_workbook(path), *others)


def check_file(path: Path, previous: Sequence[Path] = ()) -> Checked:
    """The same for a list of files: one that cannot be read does not stop the others."""
    try:
        return Checked(str(path), work_out(path, previous))
    except LktError as error:
        return Checked(str(path), error)
