"""Reading workbooks for the commands."""

from collections.abc import Sequence
from pathlib import Path

from lkt.errors import LktError
from lkt.formats.json import Checked
from lkt.model import Dataset
from lkt.pipeline import Result, run
from lkt.report.trace.asal import Asal, Berkas, berkas
from lkt.workbook.opening import read_bytes
from lkt.workbook.reader import workbook_of


def work_out(path: Path, previous: Sequence[Path] = ()) -> Result:
    """One workbook read, worked out and checked, against the earlier quarters that are named.

    Raises:
        UnreadableWorkbookError: one of them cannot be read.
    """
    return work_out_from(path, previous)[0]


def work_out_from(path: Path, previous: Sequence[Path] = ()) -> tuple[Result, Asal]:
    """The same, with the files that were read; each is read once, so the digest is of what was worked out.

    Raises:
        UnreadableWorkbookError: one of them cannot be read.
    """
    others = [_read(other) for other in previous]
    dataset, workbook = _read(path)
    before = sorted((file for _, file in others), key=lambda file: (file.nama, file.sha256))
    return run(dataset, *(other for other, _ in others)), Asal(workbook, tuple(before))


def _read(path: Path) -> tuple[Dataset, Berkas]:
    data = read_bytes(path)
    return workbook_of(data, path), berkas(path, data)


def check_file(path: Path, previous: Sequence[Path] = ()) -> Checked:
    """The same for a list of files: one that cannot be read does not stop the others."""
    try:
        return Checked(str(path), work_out(path, previous))
    except LktError as error:
        return Checked(str(path), error)
