"""``python -m docs.areas_data FOLDER``: pack the official list of areas into lkt/data/wilayah.zip.

The folder holds provinces.csv, regencies.csv, districts.csv and villages.csv with the codes of the Ministry
of Home Affairs (docs/wilayah.md) and their licence. Desa lie in one member a province, so that few are
unpacked at a time; all rows are in the order of their codes.
"""

import csv
import io
import sys
import zipfile
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKED = ROOT / "lkt" / "data" / "wilayah.zip"
SINCE = (2024, 1, 1, 0, 0, 0)
"""The date of all members, so that the same list gives the same bytes."""


def pack(folder: Path, target: Path) -> None:
    """Write the list of ``folder`` to ``target``."""
    desa = defaultdict(list)
    for code, _, name in _rows(folder / "villages.csv"):
        # The source writes the apostrophe of Ja'an as a quotation mark.
        desa[code[:2]].append((code[3:], name.replace('"', "'")))
    members = {
        "provinsi.csv": _text((code, name) for code, name in _rows(folder / "provinces.csv")),
        "kabupaten.csv": _text((code, name) for code, _, name in _rows(folder / "regencies.csv")),
        "kecamatan.csv": _text((code, name) for code, _, name in _rows(folder / "districts.csv")),
        "LICENSE.md": (folder / "LICENSE.md").read_text(encoding="utf-8"),
        **{f"desa/{code}.csv": _text(rows) for code, rows in desa.items()},
    }
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as package:
        for name, text in members.items():
            package.writestr(zipfile.ZipInfo(name, SINCE), text, zipfile.ZIP_DEFLATED)


def _rows(path: Path) -> Iterable[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        # Quotation marks inside a name are no CSV quoting.
        yield from list(csv.reader(file, quoting=csv.QUOTE_NONE))[1:]


def _text(rows: Iterable[tuple[str, str]]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(sorted(rows))
    return out.getvalue()


if __name__ == "__main__":
    pack(Path(sys.argv[1]), PACKED)
