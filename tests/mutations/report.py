"""The figures of the mutation suite: ``python -m tests.mutations.report`` prints them and writes the page.

The page is made from what the catalogue declares; the tests hold the checker to every declaration, so that
page and program cannot differ. The script measures once more and says where they do.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from lkt.workbook.declaration import SHEET_ORDER
from tests.mutations.catalogue import MUTATIONS
from tests.mutations.kit import (
    NO_RULE,
    Clean,
    How,
    Mutation,
    Outcome,
    Place,
    clean_findings,
    judge,
    new_findings,
)

PAGE = Path(__file__).parents[2] / "docs" / "pengujian.md"
_NO_SHEET = "nama lembar"
_SHEETS = (*SHEET_ORDER, _NO_SHEET)
_ALONE = "satu buku kerja"
_BESIDE = "dengan --prev"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: how many mistakes, and what became of them."""

    name: str
    outcomes: tuple[Outcome, ...]

    @property
    def figures(self) -> tuple[int, int, int, int, int]:
        """Tried, found, named, first cell right, false alarms."""
        outcomes = self.outcomes
        return (
            len(outcomes),
            sum(outcome.found for outcome in outcomes),
            sum(outcome.named for outcome in outcomes),
            sum(outcome.right for outcome in outcomes),
            sum(len(outcome.alarms) for outcome in outcomes),
        )


Judged = Sequence[tuple[Mutation, Outcome]]

DECLARED: Judged = tuple((mutation, mutation.declared) for mutation in MUTATIONS)


def measured() -> Judged:
    """Every mistake made and judged."""
    return tuple((mutation, judge(mutation, new_findings(mutation))) for mutation in MUTATIONS)


def groups(judged: Judged) -> dict[str, list[Row]]:
    """By the way to err, by sheet, and checked alone or beside the workbook of the quarter before."""
    return {
        "Cara": _rows(judged, [how.value for how in How], lambda mutation: mutation.how.value),
        "Lembar": _rows(judged, _SHEETS, _sheet),
        "Diperiksa": _rows(judged, (_ALONE, _BESIDE), _books),
    }


def _rows(judged: Judged, names: Iterable[str], key: Callable[[Mutation], str]) -> list[Row]:
    rows = (Row(name, tuple(outcome for m, outcome in judged if key(m) == name)) for name in names)
    return [row for row in rows if row.outcomes]


def _sheet(mutation: Mutation) -> str:
    return mutation.sheet if mutation.sheet in SHEET_ORDER else _NO_SHEET


def _books(mutation: Mutation) -> str:
    return _BESIDE if mutation.clean is Clean.NEXT else _ALONE


def whole(judged: Judged) -> Row:
    """All of them in one line."""
    return Row("Jumlah", tuple(outcome for _, outcome in judged))


# The page --------------------------------------------------------------------------------------------------

_HEAD = (
    "| {} | Dicoba | Ditemukan | Selnya disebut | Sel pertama benar | Alarm palsu |\n"
    "|---|--:|--:|--:|--:|--:|"
)


def _table(title: str, rows: Sequence[Row], total: Row) -> str:
    lines = [f"| {row.name} | {' | '.join(map(str, row.figures))} |" for row in rows]
    last = f"| **{total.name}** | {' | '.join(f'**{figure}**' for figure in total.figures)} |"
    return "\n".join((_HEAD.format(title), *lines, last))


def _percent(part: int, of: int) -> str:
    return f"{100 * part / of:.1f}%".replace(".", ",")


def _reasons(judged: Judged, wanted: Callable[[Mutation, Outcome], bool]) -> str:
    """The reasons as a list, equal ones once with their number, sheet by sheet."""
    found = [(_sheet(mutation), mutation.why) for mutation, outcome in judged if wanted(mutation, outcome)]
    counts = Counter(found)
    lines = sorted(counts, key=lambda pair: _SHEETS.index(pair[0]))
    blocks = []
    for sheet, pairs in groupby(lines, key=lambda pair: pair[0]):
        items = [_item(why, counts[sheet, why]) for _, why in pairs]
        blocks.append("\n".join((f"**{sheet}**", "", *items)))
    return "\n\n".join(blocks) or "Tidak ada."


def _item(why: str, count: int) -> str:
    text = why.removeprefix(NO_RULE)
    times = f" ({count} kesalahan)" if count > 1 else ""
    return f"- {text[:1].upper()}{text[1:]}{times}"


def page(judged: Judged) -> str:
    """docs/pengujian.md."""
    total = whole(judged)
    tried, found, named, right, alarms = total.figures
    no_rule = [m for m, outcome in judged if not outcome.found and m.why.startswith(NO_RULE)]
    hidden = tried - found - len(no_rule)
    own = sum(outcome.place is Place.OWN for _, outcome in judged)
    clean = "\n".join(f"- {each.value}" for each in Clean)
    tables = "\n\n".join(_table(title, rows, total) for title, rows in groups(judged).items())
    return f"""# Pengujian pemeriksa

Halaman ini dibuat dari program (`python -m tests.mutations.report`); jangan disunting dengan tangan.

Pertanyaannya sederhana: bila seseorang membuat satu kesalahan di buku kerja yang bersih, apakah `lkt check` menemukannya, menyebut selnya, dan tidak menuduh sel lain? Untuk menjawabnya {tried} kesalahan dibuat satu per satu, seperti orang membuatnya: {_list_of_ways()}. Setiap kesalahan, sel yang harus disebut, dan hasilnya tertulis di `tests/mutations/`; uji otomatis menahan program pada angka di bawah ini, juga pada yang **tidak** ditemukan.

## Hasil

- Ditemukan {found} dari {tried} ({_percent(found, tried)}); dari {tried - hidden} yang dapat dilihat dari isi buku kerja {_percent(found, tried - hidden)}.
- Dari {found} yang ditemukan, {named} menyebut sel yang diharapkan ({_percent(named, found)}), {right} sebagai sel pertama ({_percent(right, found)}), {own} tepat di sel yang salah ({_percent(own, found)}). Selebihnya menunjuk sel yang bertentangan dengannya, misalnya baris Jumlah.
- Alarm palsu: {alarms} pada buku kerja yang salah, {_clean_alarms()} pada buku kerja yang bersih.

{tables}

- **Ditemukan**: ada temuan yang tidak ada pada buku kerja bersihnya.
- **Selnya disebut**: temuan itu menyebut sel yang salah, atau sel yang bertentangan dengannya. **Sel pertama benar**: sel itu yang disebut pertama.
- **Alarm palsu**: temuan yang tidak menyebut sel yang diharapkan dan bukan akibat yang tidak terhindarkan dari kesalahan itu.

## Buku kerja bersih

{clean}

Buku kerja kecil juga diperiksa untuk semua triwulan 2023–2026 (`tests/rules/test_catalogue.py`). {_notes()}

## Yang tidak ditemukan

Yang tidak ditemukan {tried - found} dari {tried}. {hidden} di antaranya tidak dapat dilihat dari buku kerja yang diperiksa, karena isinya wajar dan tidak ada pembandingnya (sebagian terlihat bila buku kerja triwulan sebelumnya ikut diperiksa dengan `--prev`); {len(no_rule)} dapat ditemukan oleh aturan yang masuk akal, tetapi aturannya belum ada.

### Tidak ada pembandingnya di dalam buku kerja

{_reasons(judged, lambda m, outcome: not outcome.found and not m.why.startswith(NO_RULE))}

### Belum ada aturannya

{_reasons(judged, lambda m, outcome: not outcome.found and m.why.startswith(NO_RULE))}

## Yang ditemukan, tetapi menunjuk sel lain

Sel yang diharapkan tidak disebut ({sum(o.place is Place.ELSEWHERE for _, o in judged)} kesalahan):

{_reasons(judged, lambda _, outcome: outcome.place is Place.ELSEWHERE)}

Sel yang diharapkan disebut, tetapi tidak sebagai yang pertama ({sum(o.place is Place.SECOND for _, o in judged)} kesalahan):

{_reasons(judged, lambda _, outcome: outcome.place is Place.SECOND)}
"""  # noqa: E501 - a paragraph is one line


def _list_of_ways() -> str:
    ways = [how.value for how in How]
    return f"{', '.join(ways[:-1])}, dan {ways[-1]}"


def _clean_alarms() -> int:
    """Errors and warnings on the clean workbooks."""
    return sum(finding.severity.value != "info" for each in Clean for finding in clean_findings(each))


def _notes() -> str:
    notes = [
        f"{finding.ref}: {finding.message}"
        for each in Clean
        for finding in clean_findings(each)
        if finding.severity.value == "info"
    ]
    if not notes:
        return "Tidak satu pun memberi temuan."
    return (
        f"Tidak satu pun memberi kesalahan atau peringatan. Catatan yang tampil, dan benar: {' '.join(notes)}"
    )


# The terminal ----------------------------------------------------------------------------------------------


def main() -> None:
    """Measure, print, and write the page."""
    judged = measured()
    lines = [f"{'':<16}{'dicoba':>8}{'ditemukan':>11}{'disebut':>9}{'pertama':>9}{'alarm':>7}"]
    for rows in (*groups(judged).values(), [whole(judged)]):
        for row in rows:
            tried, found, named, right, alarms = row.figures
            lines.append(f"{row.name:<16}{tried:>8}{found:>11}{named:>9}{right:>9}{alarms:>7}")
        lines.append("")
    for mutation, outcome in judged:
        if outcome != mutation.declared:
            lines.append(f"{mutation}: tertulis {mutation.declared}, hasilnya {outcome}")
    PAGE.write_text(page(DECLARED), encoding="utf-8", newline="\n")
    sys.stdout.write("\n".join((*lines, f"{PAGE}\n")))


if __name__ == "__main__":
    main()
