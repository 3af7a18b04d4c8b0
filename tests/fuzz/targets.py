"""What reads foreign bytes: each target ends in a value, findings or an ``LktError``, and in nothing else."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from lkt.formats.html import findings as findings_html
from lkt.formats.json import findings as findings_json
from lkt.formats.json import verification_json
from lkt.formats.outcomes import verification_view
from lkt.importing.filling import book_of
from lkt.importing.sources import old_file
from lkt.pipeline import Checked, Result, run
from lkt.report.build import build_report, look_at_report
from lkt.report.seal import unseal
from lkt.report.templates import inspect_template
from lkt.report.verify import verify
from lkt.wordtemplate.inspection import annotated
from lkt.workbook.annotation import annotate
from lkt.workbook.carry import carry_over
from lkt.workbook.corrections import correct_workbook
from lkt.workbook.new import file_names, roster_workbook
from lkt.workbook.reader import workbook_of
from lkt.workbook.roster import read_roster
from tests.builders import base, dataset
from tests.fuzz.cells import mutate_cell, read_cell
from tests.fuzz.mutating import mutate_bytes, mutate_package

SEEDS = Path(__file__).parent / "seeds"
NOWHERE = Path("/nowhere")
"""A folder without photos, which take longer than everything else."""
_PATH = NOWHERE / "q1.xlsx"


@dataclass(frozen=True, slots=True)
class Target:
    """Something to be fuzzed.

    Attributes:
        name: what the command line calls it.
        seeds: the folder of its seeds.
        read: what is tried; raises nothing but LktError.
        round: how many inputs the suite tries, about a second of them.
        mutate: makes an input from another.
    """

    name: str
    seeds: str
    read: Callable[[bytes], object]
    round: int
    mutate: Callable[[bytes, random.Random], bytes] = mutate_package

    def __str__(self) -> str:
        """Its name."""
        return self.name

    def corpus(self) -> list[bytes]:
        """Its seeds."""
        return [path.read_bytes() for path in sorted((SEEDS / self.seeds).iterdir())]


@cache
def clean_result() -> Result:
    """The clean workbook, worked out."""
    return run(dataset(base(), folder=NOWHERE))


@cache
def small_template() -> bytes:
    """Each construct of the template language once."""
    return (SEEDS / "template" / "kecil.docx").read_bytes()


def _worked_out(data: bytes) -> Result:
    return run(workbook_of(data, _PATH))


def _read(data: bytes) -> None:
    checked = [Checked(str(_PATH), _worked_out(data))]
    findings_json(checked).encode()
    findings_html(checked).encode()


def _patch(data: bytes) -> None:
    """What --annotate and --fix write can be read again."""
    result = _worked_out(data)
    marked = annotate(data, result.findings)
    workbook_of(marked, _PATH)
    workbook_of(annotate(marked, ()), _PATH)
    workbook_of(correct_workbook(data, _PATH)[0], _PATH)


def _carry(data: bytes) -> None:
    workbook_of(carry_over(data, _PATH)[0], _PATH)


def _build(data: bytes) -> None:
    """A report from a workbook with anything in it: everything printed finds its way into XML."""
    build_report(_worked_out(data), small_template(), "kecil.docx")


def _fill(data: bytes) -> None:
    found = inspect_template(data, "templat.docx")
    if told := (*found.mistakes, *found.remarks):
        annotated(data, "templat.docx", told)
    if not found.mistakes:
        unseal(build_report(clean_result(), data, "templat.docx"), "laporan.docx")


@cache
def _folder() -> TemporaryDirectory[str]:
    """Where a report and what it is compared with lie; gone with the process."""
    folder = TemporaryDirectory(prefix="lkt-fuzz-")
    (Path(folder.name) / "q1.xlsx").write_bytes((SEEDS / "workbook" / "polos.xlsx").read_bytes())
    (Path(folder.name) / "kecil.docx").write_bytes(small_template())
    return folder


def _verify(data: bytes) -> None:
    look_at_report(data)
    folder = Path(_folder().name)
    report = folder / "laporan.docx"
    report.write_bytes(data)
    done = verify(report, folder / "q1.xlsx", folder / "kecil.docx")
    verification_json(done).encode()
    list(verification_view(done))


def _import(data: bytes) -> None:
    """An old report or sheet with anything in it becomes a workbook that can be read."""
    name = Path("lama.docx")
    book, _ = book_of([old_file(data, name)], _PATH, b"", None, lambda _question, _answers: None)
    workbook_of(book, _PATH)


def _roster(data: bytes) -> None:
    every = read_roster(data)
    file_names(every, 2024, 1)
    if every:
        roster_workbook(every[0], 2024, 1)


TARGETS = {
    target.name: target
    for target in (
        Target("reader", "workbook", _read, 20),
        Target("cell", "cell", read_cell, 2000, mutate_cell),
        Target("template", "template", _fill, 5),
        Target("report", "workbook", _build, 12),
        Target("patch", "workbook", _patch, 5),
        Target("carry", "workbook", _carry, 7),
        Target("verify", "report", _verify, 10),
        Target("import", "import", _import, 5),
        Target("roster", "roster", _roster, 10, mutate_bytes),
    )
}
