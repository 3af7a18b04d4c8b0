"""Templates for people and programs: what they may name, and what is wrong with one."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from lkt.formats.screen import Line, line

if TYPE_CHECKING:
    from lkt.report.inspection import Inspection
    from lkt.report.mistakes import Mistake
    from lkt.report.reference import FieldEntry, WordEntry

VERSION = 1
"""Of both JSON formats."""

_PAGE_ORIGIN = (
    "Halaman ini dibuat dari program (`python -m docs.build`); jangan disunting dengan tangan. "
    "Daftar yang sama tercetak dengan `lkt template fields`. Cara memakainya: [templat.md](templat.md)."
)
_PAGE_LISTS = (
    "Tanda `[]` berarti daftar: `sasaran[].program[].pagu` ditulis `{{ p.pagu }}` di dalam "
    "`{% for s in sasaran %}{% for p in s.program %} … {% endfor %}{% endfor %}`."
)

# Fields ----------------------------------------------------------------------------------------------------


def fields_view(fields: Sequence["FieldEntry"]) -> Iterator[Line]:
    """The fields, those of one group together."""
    group = ""
    for entry in fields:
        first = entry.name.partition(".")[0]
        if group and first != group:
            yield Line()
        group = first
        example = f" · contoh: {entry.example}" if entry.example else ""
        yield line((entry.name, "bold"), (f"  {entry.kind}", "cyan"), example)
        yield line(entry.meaning, indent=4)


def words_view(functions: Sequence["WordEntry"], filters: Sequence["WordEntry"]) -> Iterator[Line]:
    """The functions and filters, and how lists are used."""
    for title, words in (("Fungsi", functions), ("Penyaring", filters)):
        yield Line()
        yield line((title, "bold underline"))
        for word in words:
            result = f" → {word.example}" if word.example else ""
            yield line((word.name, "bold"), f"  {word.use}{result}")
            yield line(word.meaning, indent=4)
    yield Line()
    yield line(
        "Tanda [] berarti daftar. Isian sasaran[].program[].pagu ditulis {{ p.pagu }} di dalam "
        "{% for s in sasaran %}{% for p in s.program %} … {% endfor %}{% endfor %}."
    )


def fields_json(
    fields: Sequence["FieldEntry"], functions: Sequence["WordEntry"], filters: Sequence["WordEntry"]
) -> str:
    """The same for programs."""
    report = {
        "version": VERSION,
        "fields": [asdict(entry) for entry in fields],
        "functions": [asdict(entry) for entry in functions],
        "filters": [asdict(entry) for entry in filters],
    }
    return json.dumps(report, ensure_ascii=False, indent=2)


def fields_markdown(
    fields: Sequence["FieldEntry"], functions: Sequence["WordEntry"], filters: Sequence["WordEntry"]
) -> str:
    """The reference page docs/isian.md."""
    parts = [
        "# Isian templat",
        _PAGE_ORIGIN,
        _PAGE_LISTS,
        "## Isian",
        _table(
            ("Isian", "Jenis", "Arti", "Contoh"),
            ((f"`{entry.name}`", entry.kind, entry.meaning, entry.example) for entry in fields),
        ),
    ]
    for title, words in (("Fungsi", functions), ("Penyaring", filters)):
        rows = ((f"`{word.name}`", f"`{word.use}`", word.meaning, word.example) for word in words)
        parts += [f"## {title}", _table(("Nama", "Pemakaian", "Arti", "Hasil"), rows)]
    return "\n\n".join(parts) + "\n"


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join(f"| {' | '.join(map(_escaped, cells))} |" for cells in lines)


def _escaped(cell: str) -> str:
    return cell.replace("|", r"\|")


# Mistakes --------------------------------------------------------------------------------------------------


def inspection_view(path: str, inspection: "Inspection") -> Iterator[Line]:
    """What was found in one template, with a summary line."""
    yield line((path, "bold"))
    yield Line()
    for mistake in inspection.mistakes:
        yield from _mistake(mistake, "KESALAHAN", "bold red")
    for mistake in inspection.remarks:
        yield from _mistake(mistake, "CATATAN", "bold cyan")
    yield _summary(len(inspection.mistakes), len(inspection.remarks))


def _mistake(mistake: "Mistake", label: str, style: str) -> Iterator[Line]:
    yield line((label, style), "  ", (mistake.place, "bold"), indent=2)
    if mistake.written:
        yield line((mistake.written, "dim"), indent=4)
    yield line(mistake.sentence, indent=4)
    yield Line()


def _summary(mistakes: int, remarks: int) -> Line:
    if mistakes:
        also = f", {remarks} catatan" if remarks else ""
        return line((f"Hasil: {mistakes} kesalahan{also}.", "bold red"))
    if remarks:
        return line((f"Tidak ada kesalahan; {remarks} catatan.", "bold green"))
    return line(("Tidak ada kesalahan.", "bold green"))


def inspection_json(path: str, inspection: "Inspection") -> str:
    """The same for programs."""
    report = {
        "version": VERSION,
        "path": path,
        "status": "error" if inspection.mistakes else "ok",
        "mistakes": [_as_json(mistake) for mistake in inspection.mistakes],
        "remarks": [_as_json(mistake) for mistake in inspection.remarks],
    }
    return json.dumps(report, ensure_ascii=False, indent=2)


def _as_json(mistake: "Mistake") -> dict[str, str]:
    return {"place": mistake.place, "tag": mistake.written, "message": mistake.reason, "part": mistake.part}
