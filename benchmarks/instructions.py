"""How many instructions a further report takes, which no neighbour on the machine can change.

``python -m benchmarks.instructions`` runs lkt and its rivals under valgrind, some thirty times slower, with
one workbook and with twenty-one. How long an instruction takes, and what the system does for a program, such
as making a file, is not in these figures.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.batch import DOCXTPL, MAILMERGE, OWN, REDUCED, Bench, installed
from benchmarks.measuring import compiled_in

MANY = 21
_REFERENCES = re.compile(r"I +refs: +([\d,]+)")


def instructions(bench: Bench, program: str, count: int) -> int:
    """The instructions of one run of a program over so many workbooks.

    Raises:
        RuntimeError: it failed under valgrind.
    """
    source = bench.workbooks(count)
    shutil.rmtree(bench.out, ignore_errors=True)
    command = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]
    environment = {**compiled_in(bench.folder / "bytecode"), "PYTHONHASHSEED": "0"}
    done = subprocess.run(
        [*command, sys.executable, *bench.arguments(program, source)],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[1],
        env=environment,
        check=False,
    )
    found = _REFERENCES.search(done.stderr)
    if done.returncode or found is None:
        raise RuntimeError(f"{program}: {done.stderr[-500:]}")
    return int(found[1].replace(",", ""))


def further(bench: Bench, program: str) -> float:
    """The instructions of each report after the first, in millions; a run before fills what is kept."""
    instructions(bench, program, 1)
    one, many = (instructions(bench, program, count) for count in (1, MANY))
    return (many - one) / (MANY - 1) / 1_000_000


def main() -> None:
    """Print the table, as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, help="keep the workbooks here, for the next time")
    given = parser.parse_args()
    if shutil.which("valgrind") is None:
        parser.error("valgrind is missing; on Debian: apt install valgrind")
    with tempfile.TemporaryDirectory(prefix="lkt-instructions-") as temporary:
        bench = Bench(given.folder or Path(temporary))
        found = {name: further(bench, name) for name in (OWN, REDUCED, *installed())}
    print("| Program | Instructions of a further report | docxtpl takes | docx-mailmerge2 takes |")
    print("|---|---|---|---|")
    for name, own in found.items():
        times = (f"{found[rival] / own:.1f} ×" if rival in found else "-" for rival in (DOCXTPL, MAILMERGE))
        print(f"| {name} | {own:.0f} million | {' | '.join(times)} |")


if __name__ == "__main__":
    main()
