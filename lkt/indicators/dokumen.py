"""How the desa stand with each document at the end of the quarter."""

from datetime import date
from fractions import Fraction

from lkt.bahasa import format_date
from lkt.figures import Figure, HasilDokumen, Periode, Unit
from lkt.indicators.base import count_input
from lkt.model import Dataset, Desa, Dokumen


def judge_documents(dataset: Dataset, periode: Periode | None) -> tuple[HasilDokumen, ...]:
    """Every document of sheet Dokumen judged for every desa; nothing when the quarter is unknown."""
    if periode is None:
        return ()
    return tuple(
        _judge(dokumen, column, dataset.desa, periode.triwulan.akhir)
        for column, dokumen in enumerate(dataset.dokumen)
    )


def _judge(dokumen: Dokumen, column: int, roster: tuple[Desa, ...], until: date) -> HasilDokumen:
    """A desa is on time when its date lies on or before both the deadline and the end of the quarter."""
    due = dokumen.batas_waktu.value.end if dokumen.batas_waktu.value else None
    groups: dict[str, list[Desa]] = {"tepat": [], "terlambat": [], "belum": [], "tidak terbaca": []}
    for desa in roster:
        groups[_state(desa, column, due, until)].append(desa)
    on_time = tuple(groups["tepat"])
    return HasilDokumen(
        dokumen=dokumen,
        tepat_waktu=on_time,
        terlambat=tuple(groups["terlambat"]),
        belum=tuple(groups["belum"]),
        tidak_terbaca=tuple(groups["tidak terbaca"]),
        jatuh_tempo=due is not None and due <= until,
        jumlah=_count(dokumen, column, on_time, due, until),
    )


def _state(desa: Desa, column: int, due: date | None, until: date) -> str:
    cell = desa.tanggal[column]
    if cell.broken or due is None:
        return "tidak terbaca"
    if cell.value is None or cell.value.end > until:
        return "belum"
    return "tepat" if cell.value.end <= due else "terlambat"


def _count(dokumen: Dokumen, column: int, on_time: tuple[Desa, ...], due: date | None, until: date) -> Figure:
    name = dokumen.dokumen.value or ""
    limit = f"{format_date(min(due, until))}" if due else "-"
    return Figure(
        key=f"dokumen.{name}.tepat_waktu",
        label=f"Jumlah desa dengan {name} tepat waktu",
        value=None if due is None else Fraction(len(on_time)),
        unit=Unit.COUNT,
        formula=f"banyaknya desa dengan tanggal {name} paling lambat {limit}",
        inputs=(
            count_input(
                f"desa dengan {name} tepat waktu", len(on_time), (desa.tanggal[column] for desa in on_time)
            ),
        ),
        reason=""
        if due
        else f"Batas Waktu {name} belum diisi atau tidak terbaca ({dokumen.batas_waktu.ref})",
    )
