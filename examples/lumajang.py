"""One workbook for each kecamatan of Lumajang, its figures made up: ``python -m examples.lumajang``.

The roster of desa is real, everything else is invented and says so. Some workbooks hold mistakes; the
README.md beside them lists those. The same call gives the same bytes.
"""

import argparse
import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from examples.kekeliruan import MISTAKES, Mistake
from examples.rekaan import contents
from examples.wilayah import Kecamatan, kecamatan
from lkt.indonesian import format_date
from lkt.model import Ref
from lkt.wordtemplate.document import read_parts, zipped
from lkt.workbook.declaration import IDENTITAS
from lkt.workbook.new import filled_workbook
from lkt.workbook.styles import Value
from lkt.xlsx import NewValue, Percent, WorkbookEditor

FOLDER = Path(__file__).parent / "lumajang-2024"
NUMBER = 21
NOTE = "Angka rekaan untuk contoh; bukan data Kabupaten Lumajang"
_NOTES = re.compile(r"xl/(comments\d+\.xml|drawings/vmlDrawing\d+\.vml|worksheets/_rels/.*)")
_MENTION = re.compile(rb'<legacyDrawing [^>]*/>|<Override PartName="/xl/comments[^>]*/>')


def workbooks(
    count: int = NUMBER, log_rows: int | None = None, *, notes: bool = False
) -> Iterator[tuple[str, bytes]]:
    """File name and content of each workbook.

    Args:
        count: how many; beyond those of Lumajang the kecamatan are invented too, and nothing is wrong there.
        log_rows: rows of sheet Fasilitasi, and nothing is wrong; None takes 10 to 40, as in the folder.
        notes: keep the notes on the headings, as in the standard workbook; the folder has them left out,
            which makes it smaller by a third.
    """
    for office in kecamatan(count):
        mistakes = MISTAKES.get(office.nama, ()) if log_rows is None else ()
        data = _workbook(office, log_rows, mistakes)
        yield file_name(office), data if notes else _without_notes(data)


def file_name(office: Kecamatan) -> str:
    """``12-senduro-2024-tw1.xlsx``."""
    return f"{office.nomor:02d}-{office.nama.lower().replace(' ', '-')}-2024-tw1.xlsx"


def _workbook(office: Kecamatan, log_rows: int | None, mistakes: Sequence[Mistake]) -> bytes:
    sheets = contents(office, log_rows)
    cells: dict[Ref, NewValue] = {Ref(IDENTITAS, "C2"): f"{NOTE}."}
    tabs: dict[str, str] = {}
    for mistake in mistakes:
        sheet, _, cell = mistake.place.partition("!")
        if not mistake.on_file:
            mistake.make(sheets)
        elif cell:
            cells[Ref(sheet, cell)] = mistake.value
        else:
            tabs[sheet] = str(mistake.value)
    book = WorkbookEditor(filled_workbook(sheets, spare=False))
    for ref, new in cells.items():
        book.set_cell(ref.sheet, ref.cell, new)
    return _renamed(book.save(), tabs)


def _renamed(data: bytes, tabs: dict[str, str]) -> bytes:
    """The workbook with other names on its tabs, wherever the workbook itself lists them."""
    parts = read_parts(data, "contoh")
    for before, after in tabs.items():
        for name in ("xl/workbook.xml", "docProps/app.xml"):
            parts[name] = re.sub(rf"\b{before}\b".encode(), after.encode(), parts[name])
    return zipped(parts)


def _without_notes(data: bytes) -> bytes:
    """The workbook without the notes on its headings."""
    parts = read_parts(data, "contoh")
    kept = {name: part for name, part in parts.items() if not _NOTES.fullmatch(name)}
    return zipped({name: _MENTION.sub(b"", part) for name, part in kept.items()})


# The list of mistakes --------------------------------------------------------------------------------------

_README = """# Twenty-one kecamatan, triwulan I 2024

**All figures, officials, dates, activities and reasons are made up.** The names and codes of kecamatan,
desa and kelurahan are real, and so are the regulations that are cited. Nothing here says anything about an
office in Lumajang, Senduro included; its real report is `../senduro-2024-tw1.xlsx`. Every workbook says on
sheet Identitas that it is made up.

`python -m examples.lumajang` writes this folder, this page too. The notes on the headings are left out, and
there are no photos: sheet Pengecualian accepts that. Kelurahan hand in no document of a desa, so that sheet
Desa of Lumajang lists five desa, and the log names the seven kelurahan.

- Nothing is wrong in {clean} workbooks. That of Tekung is signed late, on 17 April 2024, and sheet
  Pengecualian says why.
- There are mistakes in {faulty}. That of Ranuyoso has warnings only, and a report can be built from it.

| Workbook | Cell | Holds | Found | What is wrong |
|---|---|---|---|---|
{rows}
"""


def readme() -> str:
    """The page about the folder: what is wrong where."""
    offices = [office for office in kecamatan(NUMBER) if office.nama in MISTAKES]
    rows = [_line(file_name(office), mistake) for office in offices for mistake in MISTAKES[office.nama]]
    return _README.format(clean=NUMBER - len(offices), faulty=len(offices), rows="\n".join(rows))


def _line(name: str, mistake: Mistake) -> str:
    found = ", ".join(mistake.found)
    return f"| `{name}` | {mistake.place} | {_shown(mistake.value)} | {found} | {mistake.why} |"


def _shown(value: Value) -> str:
    match value:
        case Percent():
            return f"{value.points}%"
        case date():
            return format_date(value)
        case None:
            return "nothing"
    return str(value)


def _write(folder: Path, name: str, data: bytes) -> None:
    (folder / name).write_bytes(data)
    print(folder / name)


def main() -> None:
    """Write the workbooks; beside those of the repository their page too."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, help=f"where to; {FOLDER.name} when left out")
    parser.add_argument("--kecamatan", type=int, default=NUMBER, help="how many workbooks")
    parser.add_argument("--log-rows", type=int, help="rows of sheet Fasilitasi in each")
    given = parser.parse_args()
    usual = (given.kecamatan, given.log_rows) == (NUMBER, None)
    if given.folder is None and not usual:
        parser.error("another number of workbooks or rows needs a folder of its own")
    folder = given.folder or FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in workbooks(given.kecamatan, given.log_rows):
        _write(folder, name, data)
    if usual:
        _write(folder, "README.md", readme().encode())


if __name__ == "__main__":
    main()
