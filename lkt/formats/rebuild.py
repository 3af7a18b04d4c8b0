"""What became of a build as lines for a terminal: where the report is, and what happened to an older one."""

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

from lkt.formats.screen import Line, line

if TYPE_CHECKING:
    from lkt.commands.building import Written
    from lkt.report.trace.align import Change

_MOST = 20
_AROUND, _LONGEST = 3, 80
_WHY = {
    "EDITED": "sudah diubah dengan tangan sejak ditulis lkt",
    "FOREIGN": "bukan tulisan lkt, atau catatan lkt di dalamnya sudah hilang",
    "OPEN": "sedang terbuka di Word atau program lain",
}
_FORCE = "Pakai --force untuk menggantinya (yang lama disimpan sebagai .bak)."
_CLOSE = "Tutup dahulu, lalu jalankan lagi."


def rebuilt_view(written: "Written") -> Iterator[Line]:
    """What is to be said of the older file; nothing where there was none."""
    old, target = written.old.name, written.target
    if written.path != target:
        yield line(("Perhatian: ", "bold yellow"), f"“{target}” {_WHY[old]}, sehingga tidak diganti.")
        yield from edits_view(written.edits)
        if old == "EDITED" and not written.edits:
            yield line(
                "Bagian yang diubah tidak dapat disebut: catatan lkt tentang teksnya hilang.", indent=2
            )
        yield line(f"Laporan baru ditulis di sampingnya. {_CLOSE if old == 'OPEN' else _FORCE}", indent=2)
    elif old == "OURS":
        yield line(
            "Laporan lama, yang teks dan gambarnya belum diubah dengan tangan, diganti; "
            f"salinannya: {written.backup}"
        )
    elif written.backup is not None:
        yield line(
            ("Perhatian: ", "bold yellow"), f"laporan lama {_WHY[old]}; diganti, salinannya: {written.backup}"
        )
        yield from edits_view(written.edits)
    elif old == "SAME":
        yield line("Laporan yang ada sudah sama, sehingga tidak ditulis ulang.")


def edits_view(edits: Sequence["Change"]) -> Iterator[Line]:
    """Each edit with its place, before and after; of very many the first."""
    for edit in edits[:_MOST]:
        yield line((edit.place, "bold"), ": ", *_edit(edit), indent=2)
    if len(edits) > _MOST:
        yield line(f"… dan {len(edits) - _MOST} perubahan lain.", indent=2)


def _edit(change: "Change") -> tuple[str | tuple[str, str], ...]:
    if change.picture:
        return ("gambar diganti, ditambahkan, atau dihapus",)
    if not change.before:
        return "ditambahkan ", (f"“{clipped(change.after)}”", "green")
    if not change.after:
        return "dihapus ", (f"“{clipped(change.before)}”", "red")
    before, after = excerpts(change.before, change.after)
    return (f"“{before}”", "red"), " → ", (f"“{after}”", "green")


def excerpts(before: str, after: str) -> tuple[str, str]:
    """The part of two texts in which they differ, with a few words around it."""
    old, new = before.split(), after.split()
    head = _shared(old, new)
    tail = _shared(old[head:][::-1], new[head:][::-1])
    return _cut(old, head, tail), _cut(new, head, tail)


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words two texts begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _cut(words: Sequence[str], head: int, tail: int) -> str:
    start, end = max(0, head - _AROUND), min(len(words), len(words) - tail + _AROUND)
    text = clipped(" ".join(words[start:end]))
    return f"{'… ' if start else ''}{text}{' …' if end < len(words) else ''}"


def clipped(text: str) -> str:
    """A text that fits on a line, cut where it is longer."""
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"
