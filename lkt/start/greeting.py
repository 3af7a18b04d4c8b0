"""The first use: who comes without knowing the commands is greeted, and offered the workbooks at hand."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lkt import __version__
from lkt.batch.discovery import Owner, beside, owner_of
from lkt.errors import LktError
from lkt.formats.screen import Line, View, line, typed

# The workbooks of a folder and whose they are, within a moment, however many there are --------------------

_MOST = 20
_SECONDS = 2.0
_LARGE = 20 * 1024 * 1024  # bytes; opening such a file takes longer than anybody waits for a greeting


@dataclass(frozen=True, slots=True)
class Nearby:
    """What lies in a folder.

    Attributes:
        owners: the workbooks, in the order of their names, with their kecamatan and quarter where known.
        others: .xlsx files that are no workbooks of lkt.
        more: how many files were not looked at.
        latest: the workbook that was saved last; None where there is none.
    """

    owners: tuple[Owner, ...] = ()
    others: tuple[Path, ...] = ()
    more: int = 0
    latest: Path | None = None

    @property
    def offered(self) -> tuple[Owner, ...]:
        """What a command may be run on: the workbooks; where there is none, whatever there is."""
        return self.owners or tuple(map(Owner, self.others))


def nearby(folder: Path, most: int = _MOST, seconds: float = _SECONDS) -> Nearby:
    """What lies in a folder; at most ``most`` files are looked into, and for ``seconds`` at most."""
    paths = beside(folder)
    end = time.monotonic() + seconds
    looked = [_owner(path, end) for path in paths[:most]]
    known = tuple(owner for owner in looked if owner.kecamatan or owner.triwulan)
    others = tuple(owner.path for owner in looked if owner not in known)
    latest = max((owner.path for owner in known), key=_saved, default=None)
    return Nearby(known, others, len(paths) - len(looked), latest)


def _owner(path: Path, end: float) -> Owner:
    try:
        large = path.stat().st_size > _LARGE
    except OSError:
        large = True
    return Owner(path) if large or time.monotonic() > end else owner_of(path)


def _saved(path: Path) -> float:
    """When a file was saved; one that went meanwhile is the oldest."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0


def _label(owner: Owner) -> str:
    """Whose it is, in words: "Kecamatan Senduro · Triwulan I Tahun 2024"; empty where that is not known."""
    kecamatan = f"{owner.sebutan} {owner.kecamatan}" if owner.kecamatan else ""
    return " · ".join(filter(None, (kecamatan, str(owner.triwulan or ""))))


# What ``lkt`` alone prints: the usual steps, and the workbooks that are at hand ---------------------------

_EXAMPLE = Path("q1.xlsx")


def greeting_view(around: Nearby) -> View:
    """The whole greeting; the steps name the workbook that was saved last."""
    name = typed(around.latest or _EXAMPLE)
    new = f"lkt new {_EXAMPLE} --kecamatan NAMA --tahun TAHUN --triwulan TRIWULAN"
    yield line((f"lkt {__version__}", "bold"), " · Laporan Kinerja Triwulan dari buku kerja kecamatan")
    yield Line()
    yield line(("Langkah biasa", "bold"))
    yield from _step("1. Buat buku kerja, lalu isi di Excel atau WPS:", new)
    yield from _step("2. Periksa sampai tidak ada kesalahan lagi:", f"lkt check {name}")
    yield from _step("3. Susun laporan Word:", f"lkt build {name}")
    yield Line()
    if around.owners:
        yield line(("Buku kerja di folder ini", "bold"))
        yield from workbooks_view(around.owners)
    else:
        yield line("Di folder ini belum ada buku kerja.")
    if around.others:
        yield line(f"{len(around.others)} berkas .xlsx lain tidak dikenal sebagai buku kerja lkt.", indent=2)
    if around.more:
        yield line(f"… dan {around.more} berkas .xlsx lagi.", indent=2)
    yield Line()
    yield line("Semua perintah: lkt --help. Periksa kesiapan komputer ini: lkt doctor.")


def _step(what: str, command: str) -> Iterator[Line]:
    yield line(what, indent=2)
    yield line((command, "cyan"), indent=5)


def workbooks_view(owners: Sequence[Owner], *, numbered: bool = False) -> View:
    """The workbooks with what is known of them, one line each."""
    from rich.padding import Padding  # noqa: PLC0415 - a command that names its workbook does without
    from rich.table import Table  # noqa: PLC0415

    table = Table.grid(padding=(0, 2, 0, 0))
    for number, owner in enumerate(owners, 1):
        mark = f"{number:>2}. " if numbered else ""
        table.add_row(f"{mark}{owner.path.name}", _label(owner))
    yield Padding(table, (0, 0, 0, 2), expand=False)


# A command without its workbook: on a terminal the workbooks at hand are offered, elsewhere named ---------

_YES = frozenset({"", "y", "ya", "yes"})
_NO = frozenset({"", "t", "tidak", "batal", "n", "no", "q"})


def missing(command: str, around: Nearby) -> LktError:
    """The complaint that no workbook was named; its hint names those at hand."""
    if not around.offered:
        return LktError(
            "Buku kerja belum disebut, dan di folder ini tidak ada berkas .xlsx.",
            "Pindah ke folder buku kerja, atau buat yang baru: lkt new --help",
        )
    names = [owner.path.name for owner in around.offered]
    named = ", ".join([*names[:5], f"dan {len(names) - 5} lagi"] if len(names) > 5 else names)
    example = f"lkt {command} {typed(around.offered[0].path)}"
    return LktError("Buku kerja belum disebut.", f"Di folder ini ada: {named}. Misalnya: {example}")


def ask(owners: Sequence[Owner], read: Callable[[str], str]) -> Path | None:
    """The workbook that the user chooses, by number or name; None for none. Asks until that is clear.

    Args:
        owners: what is offered.
        read: shows a question and gives the answer; may raise EOFError, which means none.
    """
    question = f"Nomor buku kerja [1-{len(owners)}], atau Enter untuk batal: "
    if len(owners) == 1:
        known = f" ({_label(owners[0])})" if _label(owners[0]) else ""
        question = f"Pakai “{owners[0].path.name}”{known}? [Y/t] "
    choices = {str(number): owner.path for number, owner in enumerate(owners, 1)}
    choices |= {owner.path.name.casefold(): owner.path for owner in owners}
    if len(owners) == 1:
        choices |= dict.fromkeys(_YES, owners[0].path)
    while True:
        try:
            answer = read(question).strip().casefold()
        except EOFError:
            return None
        if answer in choices:
            return choices[answer]
        if answer in _NO:
            return None
