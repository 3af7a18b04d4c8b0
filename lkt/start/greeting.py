"""The first use: who comes without knowing the commands is greeted, offered workbooks, and helped."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lkt import __version__
from lkt.batch.discovery import Owner, beside, owner_of
from lkt.errors import LktError
from lkt.formats.screen import Line, line
from lkt.indonesian import bare_name

# The workbooks of a folder and whose they are, within a moment, however many there are --------------------


MOST = 20
SECONDS = 2.0
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


def nearby(folder: Path, most: int = MOST, seconds: float = SECONDS) -> Nearby:
    """What lies in a folder; at most ``most`` files are looked into, and for ``seconds`` at most."""
    paths = beside(folder)
    end = time.monotonic() + seconds
    looked = [_owner(path, end) for path in paths[:most]]
    known = tuple(owner for owner in looked if is_known(owner))
    others = tuple(owner.path for owner in looked if not is_known(owner))
    latest = max((owner.path for owner in known), key=_saved, default=None)
    return Nearby(known, others, len(paths) - len(looked), latest)


def _saved(path: Path) -> float:
    """When a file was saved; one that went meanwhile is the oldest."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0


def _owner(path: Path, end: float) -> Owner:
    try:
        large = path.stat().st_size > _LARGE
    except OSError:
        large = True
    return Owner(path) if large or time.monotonic() > end else owner_of(path)


def is_known(owner: Owner) -> bool:
    """Whether its sheet Identitas tells whose it is."""
    return bool(owner.kecamatan) or owner.triwulan is not None


def label(owner: Owner) -> str:
    """Whose it is, in words: "Kecamatan Senduro · Triwulan I Tahun 2024"."""
    kecamatan = f"Kecamatan {bare_name(owner.kecamatan)}" if owner.kecamatan else ""
    quarter = str(owner.triwulan or "")
    return " · ".join(filter(None, (kecamatan, quarter)))


def quoted(path: Path) -> str:
    """A path as it is typed."""
    return f'"{path}"' if any(letter.isspace() for letter in str(path)) else str(path)


def names(paths: Sequence[Path], most: int = 5) -> str:
    """Some names in a row: "a.xlsx, b.xlsx, dan 3 lagi"."""
    shown = [path.name for path in paths[:most]]
    return ", ".join([*shown, f"dan {len(paths) - most} lagi"] if len(paths) > most else shown)


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
    paths = [owner.path for owner in around.offered]
    return LktError(
        "Buku kerja belum disebut.",
        f"Di folder ini ada: {names(paths)}. Misalnya: lkt {command} {quoted(paths[0])}",
    )


def question(owners: tuple[Owner, ...]) -> str:
    """What is asked."""
    if len(owners) == 1:
        known = f" ({label(owners[0])})" if label(owners[0]) else ""
        return f"Pakai “{owners[0].path.name}”{known}? [Y/t] "
    return f"Nomor buku kerja [1-{len(owners)}], atau Enter untuk batal: "


def choice(answer: str, owners: tuple[Owner, ...]) -> Path | bool:
    """The workbook that an answer means; False for none, True where the answer is not understood."""
    word = answer.strip().casefold()
    if len(owners) == 1 and word in _YES:
        return owners[0].path
    if word in _NO:
        return False
    if word.isdecimal() and 1 <= int(word) <= len(owners):
        return owners[int(word) - 1].path
    named = [owner.path for owner in owners if owner.path.name.casefold() == word]
    return named[0] if named else True


def ask(owners: tuple[Owner, ...], read: Callable[[str], str]) -> Path | None:
    """The workbook that the user chooses; None for none.

    Args:
        owners: what is offered.
        read: shows a question and gives the answer; may raise EOFError, which means none.
    """
    while True:
        try:
            chosen = choice(read(question(owners)), owners)
        except EOFError:
            return None
        if isinstance(chosen, Path):
            return chosen
        if chosen is False:
            return None


# What ``lkt`` alone prints: the usual steps, and the workbooks that are at hand ---------------------------


_EXAMPLE = Path("q1.xlsx")
_NEW = f"lkt new {_EXAMPLE} --kecamatan NAMA --tahun 2024 --triwulan 1"


def greeting_view(around: Nearby) -> Iterator[Line]:
    """The whole greeting; the steps name the workbook that was saved last."""
    name = quoted(around.latest or _EXAMPLE)
    yield line((f"lkt {__version__}", "bold"), " · Laporan Kinerja Triwulan dari buku kerja kecamatan")
    yield Line()
    yield line(("Langkah biasa", "bold"))
    yield from _step("1. Buat buku kerja, lalu isi di Excel atau WPS:", _NEW)
    yield from _step("2. Periksa sampai tidak ada kesalahan lagi:", f"lkt check {name}")
    yield from _step("3. Susun laporan Word:", f"lkt build {name}")
    yield Line()
    yield from _found(around)
    yield line("Semua perintah: lkt --help. Periksa kesiapan komputer ini: lkt doctor.")


def _step(what: str, command: str) -> Iterator[Line]:
    yield line(what, indent=2)
    yield line((command, "cyan"), indent=5)


def _found(around: Nearby) -> Iterator[Line]:
    if not around.owners:
        yield line("Di folder ini belum ada buku kerja.")
    else:
        yield line(("Buku kerja di folder ini", "bold"))
        yield from workbook_lines(around)
    if around.others:
        yield line(f"{len(around.others)} berkas .xlsx lain tidak dikenal sebagai buku kerja lkt.", indent=2)
    if around.more:
        yield line(f"… dan {around.more} berkas .xlsx lagi.", indent=2)
    yield Line()


def workbook_lines(around: Nearby, *, numbered: bool = False) -> Iterator[Line]:
    """The workbooks with what is known of them, one line each."""
    width = max((len(owner.path.name) for owner in around.offered), default=0)
    for number, owner in enumerate(around.offered, 1):
        mark = f"{number:>2}. " if numbered else ""
        yield line(f"{mark}{owner.path.name:<{width}}  {label(owner)}".rstrip(), indent=2)
