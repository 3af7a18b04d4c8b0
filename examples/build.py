"""Build the example workbooks from the tables in ``data/``: ``python -m examples.build``.

A test compares the workbooks with their tables, so run it after a change and commit both.
"""

from pathlib import Path

from examples.tables import parse_tables
from lkt.workbook.new import filled_workbook

HERE = Path(__file__).parent
NAMES = (
    "senduro-2024-tw1-asli",
    "senduro-2024-tw1",
    "sukamaju-2025-tw1",
    "sukamaju-2025-tw2",
    "ciputat-2023-tw1",
    "sentani-2024-tw2",
    "pakem-2024-tw3",
)


def workbook(name: str) -> bytes:
    """One example as a .xlsx file."""
    tables = (HERE / "data" / f"{name}.md").read_text(encoding="utf-8")
    return filled_workbook(parse_tables(tables), spare=False)


if __name__ == "__main__":
    for name in NAMES:
        target = HERE / f"{name}.xlsx"
        target.write_bytes(workbook(name))
        print(target)
