"""How long one check and one build take, beside the import of openpyxl and python-docx.

``python -m benchmarks.startup`` runs the three in turn, on the example, and prints each ratio's least, median
and largest value; the first round warms up and is not counted. Single times differ from machine to machine
and hour to hour, the ratios much less. All is read from bytecode, as it is of an installed program.
"""

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.measuring import compiled_in

EXAMPLES = Path(__file__).parents[1] / "examples"
WORKBOOK = "senduro-2024-tw1.xlsx"
ROUNDS = 15
COMMANDS = {
    "import": ("-c", "import openpyxl, docx"),
    "check": ("-m", "lkt", "check", WORKBOOK),
    "build": ("-m", "lkt", "build", WORKBOOK, "-o", "laporan.docx", "--force", "--no-pages"),
}


def seconds(arguments: tuple[str, ...], folder: Path) -> float:
    """Wall time of one run of Python."""
    env = compiled_in(folder / "bytecode")
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], cwd=folder, capture_output=True, check=False, env=env)
    return time.perf_counter() - start


def rounds(folder: Path) -> list[dict[str, float]]:
    """The times of each command, round by round."""
    return [{name: seconds(command, folder) for name, command in COMMANDS.items()} for _ in range(ROUNDS)]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        office = Path(name)
        for path in (EXAMPLES / WORKBOOK, *EXAMPLES.glob("foto-*.jpg")):
            shutil.copy(path, office)
        times = rounds(office)[1:]
    for command in ("check", "build"):
        ratios = sorted(each[command] / each["import"] for each in times)
        print(f"{command} / import: {ratios[0]:.2f} {statistics.median(ratios):.2f} {ratios[-1]:.2f}")
