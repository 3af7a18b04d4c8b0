"""openpyxl and docxtpl: ``python -m benchmarks.rivals.docxtpl_script TEMPLATE FOLDER OUT``."""

import sys
from pathlib import Path

from docxtpl import DocxTemplate
from jinja2 import Environment

from benchmarks.rivals.figures import FILTERS, context_of


def main(template: Path, folder: Path, out: Path) -> None:
    """A report for each workbook of a folder."""
    out.mkdir(parents=True, exist_ok=True)
    environment = Environment(autoescape=True)
    environment.filters |= FILTERS
    for path in sorted(folder.glob("*.xlsx")):
        document = DocxTemplate(template)
        document.render(context_of(path), environment, autoescape=True)
        document.save(out / f"{path.stem}.docx")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
