"""openpyxl and docx-mailmerge2: ``python -m benchmarks.rivals.mailmerge_script TEMPLATE FOLDER OUT``.

Beside the template lies its plan as JSON: which field of the merge is which value.
"""

import json
import sys
from pathlib import Path
from typing import Any

from mailmerge import MailMerge

from benchmarks.rivals.figures import context_of


def main(template: Path, folder: Path, out: Path) -> None:
    """A report for each workbook of a folder."""
    out.mkdir(parents=True, exist_ok=True)
    plan = json.loads(template.with_suffix(".json").read_bytes())
    for path in sorted(folder.glob("*.xlsx")):
        context = context_of(path)
        with MailMerge(template) as document:
            for anchor, (where, fields) in plan["rows"].items():
                items = _at(context, where) or []
                rows = [{name: _text(_at(item, key)) for name, key in fields.items()} for item in items]
                document.merge_rows(anchor, rows)
            document.merge(**{name: _text(_at(context, key)) for name, key in plan["fields"].items()})
            document.write(out / f"{path.stem}.docx")


def _at(value: Any, path: str) -> Any:
    for name in path.split("."):
        if isinstance(value, list):
            value = value[int(name)] if name.isdecimal() and int(name) < len(value) else None
        else:
            value = value.get(name) if isinstance(value, dict) else None
    return value


def _text(value: Any) -> str:
    return "" if value is None else str(value)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
