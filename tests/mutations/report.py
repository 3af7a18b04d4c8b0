"""The page docs/pengujian.md, written by ``python -m tests.mutations.report``.

It is made from what the catalogue declares; the tests hold the checker to every declaration, so that page and
program cannot differ.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from pathlib import Path

from lkt.findings import Severity
from lkt.workbook.declaration import SHEET_ORDER
from tests.mutations.catalogue import MUTATIONS
from tests.mutations.kit import NO_RULE, Clean, How, Mutation, Place, clean_findings

PAGE = Path(__file__).parents[2] / "docs" / "pengujian.md"
_NO_SHEET = "nama lembar"
_SHEETS = (*SHEET_ORDER, _NO_SHEET)


_HEAD = (
    "| {} | Dicoba | Ditemukan | Selnya disebut | Sel pertama benar | Alarm palsu |\n"
    "|---|--:|--:|--:|--:|--:|"
)
_WAYS = [how.value for how in How]


def _figures(mutations: Sequence[Mutation]) -> tuple[int, int, int, int, int]:
    """Tried, found, named, first cell right, false alarms, of which none is declared."""
    places = [mutation.place for mutation in mutations]
    missed, elsewhere, second = map(places.count, (Place.UNSEEN, Place.ELSEWHERE, Place.SECOND))
    found = len(places) - missed
    return len(places), found, found - elsewhere, found - elsewhere - second, 0


def _table(title: str, names: Iterable[str], key: Callable[[Mutation], str]) -> str:
    """The figures of each group by the way to err, by sheet, or by the workbooks that are checked."""
    groups = {name: [mutation for mutation in MUTATIONS if key(mutation) == name] for name in names}
    lines = [f"| {name} | {' | '.join(map(str, _figures(of)))} |" for name, of in groups.items() if of]
    total = " | ".join(f"**{figure}**" for figure in _figures(MUTATIONS))
    return "\n".join((_HEAD.format(title), *lines, f"| **Jumlah** | {total} |"))


def _sheet(mutation: Mutation) -> str:
    return mutation.sheet if mutation.sheet in SHEET_ORDER else _NO_SHEET


def _percent(part: int, of: int) -> str:
    return f"{100 * part / of:.1f}%".replace(".", ",")


def _reasons(mutations: Iterable[Mutation]) -> str:
    """The reasons as a list, equal ones once with their number, sheet by sheet."""
    counts = Counter((_sheet(mutation), mutation.why) for mutation in mutations)
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


def page() -> str:
    """docs/pengujian.md."""
    tried, found, named, right, alarms = _figures(MUTATIONS)
    unseen, elsewhere, second = (
        [mutation for mutation in MUTATIONS if mutation.place is place]
        for place in (Place.UNSEEN, Place.ELSEWHERE, Place.SECOND)
    )
    no_rule = [mutation for mutation in unseen if mutation.why.startswith(NO_RULE)]
    no_peer = [mutation for mutation in unseen if mutation not in no_rule]
    hidden = len(no_peer)
    own = sum(mutation.place is Place.OWN for mutation in MUTATIONS)
    clean = "\n".join(f"- {each.value}" for each in Clean)
    books = ("satu buku kerja", "dengan --prev")
    tables = "\n\n".join(
        (
            _table("Cara", _WAYS, lambda mutation: mutation.how.value),
            _table("Lembar", _SHEETS, _sheet),
            _table("Diperiksa", books, lambda mutation: books[mutation.clean is Clean.NEXT]),
        )
    )
    on_clean = [finding for each in Clean for finding in clean_findings(each)]
    notes = [finding for finding in on_clean if finding.severity is Severity.INFO]
    return f"""# Pengujian pemeriksa

Halaman ini dibuat dari program (`python -m tests.mutations.report`); jangan disunting dengan tangan.

Pertanyaannya sederhana: bila seseorang membuat satu kesalahan di buku kerja yang bersih, apakah `lkt check` menemukannya, menyebut selnya, dan tidak menuduh sel lain? Untuk menjawabnya {tried} kesalahan dibuat satu per satu, seperti orang membuatnya: {", ".join(_WAYS[:-1])}, dan {_WAYS[-1]}. Setiap kesalahan, sel yang harus disebut, dan hasilnya tertulis di `tests/mutations/`; uji otomatis menahan program pada angka di bawah ini, juga pada yang **tidak** ditemukan.

## Hasil

- Ditemukan {found} dari {tried} ({_percent(found, tried)}); dari {tried - hidden} yang dapat dilihat dari isi buku kerja {_percent(found, tried - hidden)}.
- Dari {found} yang ditemukan, {named} menyebut sel yang diharapkan ({_percent(named, found)}), {right} sebagai sel pertama ({_percent(right, found)}), {own} tepat di sel yang salah ({_percent(own, found)}). Selebihnya menunjuk sel yang bertentangan dengannya, misalnya baris Jumlah.
- Alarm palsu: {alarms} pada buku kerja yang salah, {len(on_clean) - len(notes)} pada buku kerja yang bersih.

{tables}

- **Ditemukan**: ada temuan yang tidak ada pada buku kerja bersihnya.
- **Selnya disebut**: temuan itu menyebut sel yang salah, atau sel yang bertentangan dengannya. **Sel pertama benar**: sel itu yang disebut pertama.
- **Alarm palsu**: temuan yang tidak menyebut sel yang diharapkan dan bukan akibat yang tidak terhindarkan dari kesalahan itu.

## Buku kerja bersih

{clean}

Empat buku kerja berisi angka yang diterbitkan kantor kecamatan di Kota Tangerang Selatan juga diperiksa (`tests/mutations/offices/`): dua bersih; satu memuat dua kesalahan yang memang ada (Jumlah Realisasi yang bukan jumlah programnya, dan satu salah ketik); satu memuat realisasi satu triwulan saja dan diperingatkan (A118). Bentuk yang tidak baku hanya menjadi catatan.

Yang tidak dapat dilihat: realisasi satu triwulan saja pada sebagian kecil program, atau yang serapannya tetap wajar, bila buku kerja triwulan sebelumnya tidak disertakan dengan `--prev`.

Buku kerja kecil juga diperiksa untuk semua triwulan 2023–2026 (`tests/rules/test_catalogue.py`). Tidak satu pun memberi kesalahan atau peringatan. Catatan yang tampil, dan benar: {" ".join(f"{note.ref}: {note.message}" for note in notes)}

## Yang tidak ditemukan

Yang tidak ditemukan {tried - found} dari {tried}. {hidden} di antaranya tidak dapat dilihat dari buku kerja yang diperiksa, karena isinya wajar dan tidak ada pembandingnya (sebagian terlihat bila buku kerja triwulan sebelumnya ikut diperiksa dengan `--prev`); {len(no_rule)} dapat ditemukan oleh aturan yang masuk akal, tetapi aturannya belum ada.

### Tidak ada pembandingnya di dalam buku kerja

{_reasons(no_peer)}

### Belum ada aturannya

{_reasons(no_rule)}

## Yang ditemukan, tetapi menunjuk sel lain

Sel yang diharapkan tidak disebut ({len(elsewhere)} kesalahan):

{_reasons(elsewhere)}

Sel yang diharapkan disebut, tetapi tidak sebagai yang pertama ({len(second)} kesalahan):

{_reasons(second)}
"""  # noqa: E501 - a paragraph is one line


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
