"""What ``lkt`` alone prints: the usual steps, and the workbooks that are at hand."""

from collections.abc import Iterator
from pathlib import Path

from lkt import __version__
from lkt.formats.screen import Line, line
from lkt.start.nearby import Nearby, label, quoted

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
