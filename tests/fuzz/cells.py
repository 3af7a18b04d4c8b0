"""One raw cell as JSON, so that an input can be read, and what may be wrong with it."""

import json
import random
from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

from lkt.indonesian import normalize
from lkt.model import Ref
from lkt.workbook.declaration import SHEETS, Column
from lkt.workbook.reader import Context, convert
from lkt.xlsx import Raw
from tests.fuzz import odd

COLUMNS: dict[str, Column] = {
    f"{sheet.name}.{column.field}": column for sheet in SHEETS for column in sheet.columns
}
_PIECES = (
    *"0123456789", *".,:/-–%()' \u00a0\u202f", "Rp", "rb", "juta", "miliar", "s.d.", "sd", "Jan", "Februari",
    "Agustus", "2024", "24", "31", "Senin", "Triwulan", "IV", "orang", "+", "E", "e5", "½", "٣", "\u0301",
    "ribu", "Semester", "akhir", "minggu", "\n", "\ud800",
)  # fmt: skip
_VALUES: dict[str, Callable[[Any], object]] = {
    "text": str,
    "int": int,
    "float": float,
    "bool": bool,
    "none": lambda _: None,
    "datetime": datetime.fromisoformat,
    "time": time.fromisoformat,
    "duration": lambda seconds: timedelta(seconds=float(seconds)),
}


def read_cell(data: bytes) -> None:
    """Read a cell; what is no description of one is none."""
    try:
        wish = json.loads(data)
        value = _VALUES[wish["type"]](wish["value"])
        raw = Raw(value, str(wish["format"]), bool(wish["formula"]), error=bool(wish["error"]))
        year = wish["year"]
        context = Context(
            year if isinstance(year, int) else None,
            str(wish["unit"]),
            normalize(str(wish["jenis"])),
            day_first=bool(wish["day_first"]),
        )
        column = COLUMNS[wish["column"]]
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return
    cell, problem = convert(raw, Ref("Anggaran", "A2"), column, context)
    assert problem is None or cell.value is None, "a cell has both a value and a problem"


def mutate_cell(data: bytes, chance: random.Random) -> bytes:
    """Another value, format, column or context."""
    try:
        wish: dict[str, Any] = dict(json.loads(data))
    except (ValueError, TypeError):
        wish = {}
    for _ in range(chance.choice((1, 1, 2, 3))):
        _change(wish, chance)
    return json.dumps(wish).encode()


def _change(wish: dict[str, Any], chance: random.Random) -> None:
    match chance.randrange(10):
        case 0:
            wish["column"] = chance.choice(list(COLUMNS))
        case 1:
            wish["format"] = chance.choice(odd.FORMATS)
        case 2:
            key = chance.choice(("formula", "error", "day_first"))
            wish[key] = not wish.get(key)
        case 3:
            wish["unit"] = chance.choice(("%", "orang", "persen", "nilai", "", "dokumen", *odd.TEXTS))
        case 4:
            wish["year"] = chance.choice((None, 0, -1, 1, 2024, 9999, 10_000, 10**20))
        case 5:
            wish["jenis"] = chance.choice(("predikat", "rasio", "fasilitasi", "nilai", ""))
        case 6:
            wish["type"] = chance.choice(list(_VALUES))
            wish["value"] = chance.choice(odd.NUMBERS)
        case _:
            wish["type"], wish["value"] = "text", _text(str(wish.get("value")), chance)


def _text(old: str, chance: random.Random) -> str:
    match chance.randrange(4):
        case 0:
            odd_one: str = chance.choice((*odd.NUMBERS, *odd.TEXTS))
            return odd_one
        case 1:
            return "".join(chance.choices(_PIECES, k=chance.randrange(1, 9)))
        case _:
            at = chance.randrange(len(old) + 1)
            piece: str = chance.choice((*_PIECES, ""))
            return old[:at] + piece + old[at + chance.randrange(3) :]
