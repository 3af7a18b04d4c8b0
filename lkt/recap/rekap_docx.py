"""``rekap.docx``: the recap as a Word document, through the same engine as the reports."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from lkt.figures import Standing, printed_share
from lkt.files import source_file
from lkt.findings import Severity
from lkt.indonesian import format_date, format_rupiah, round_half_up, squeeze
from lkt.recap.summary import Status
from lkt.recap.totals import DRAWN, ENDS, LISTED, IndicatorTotal, ProgramTotal, Recap, RecapRow, drawn
from lkt.report.chart_labels import ROOM_MM, Label, fit
from lkt.report.figure_charts import EMU_PER_MM, INDONESIAN, at_end, percent_format, sentence
from lkt.report.seal import seal
from lkt.report.templates import FILTERS, TYPOGRAPHY, templates_folder
from lkt.wordtemplate import Chart, Plot, Properties, Series, compile_template, on_paper, typeset

TEMPLATE = "rekap-bupati.docx"
"""The template, which ``templates/build_rekap.py`` makes."""
_PAPER = "F4"
_JUDGED = (Standing.REACHED, Standing.ON_TRACK, Standing.NEEDS_ATTENTION, Standing.BEHIND)


def rekap_docx(recap: Recap) -> bytes:
    """The recap as a Word file; equal recaps give equal bytes."""
    data = (templates_folder() / TEMPLATE).read_bytes()
    end = recap.triwulan.akhir if recap.triwulan else date(2000, 1, 1)
    properties = Properties(
        title=recap.heading,
        subject="Rekapitulasi Laporan Kinerja Triwulan",
        author=f"Pemerintah {recap.daerah}",
        created=datetime.combine(recap.last_signed or end, time()),
    )
    template = compile_template(on_paper(data, _PAPER, TEMPLATE), TEMPLATE, FILTERS)
    document = template.fill(_values(recap), properties=properties)
    typeset(document, TYPOGRAPHY)
    return seal(document, source_file(TEMPLATE, data), None, draft=False)


# What the template may name: printed text, counts and lists; the wording is the template's ----------------


def _values(recap: Recap) -> dict[str, object]:
    there = [row for row in recap.rows if row.status is not Status.MISSING]
    lists = {"kecamatan": there, **recap.states}
    highest, lowest = _edges(recap.absorbed)
    return {
        "kabupaten": recap.kabupaten,
        "daerah": recap.terms.daerah,
        "sebutan_kecamatan": recap.terms.kecamatan,
        "periode": {
            "nama": _held(str(recap.triwulan or "")),
            "batas_lapor": _held(format_date(recap.batas_lapor)) if recap.batas_lapor else "-",
        },
        "jumlah": {
            "baris": len(there),
            "kecamatan": recap.kecamatan,
            "terserap": len(recap.absorbed),
            "program": len(recap.programs),
            "indikator": len(recap.indicators),
            **{name: len(rows) for name, rows in recap.states.items()},
        },
        "tidak_dihitung": recap.counts[1],
        "tanda_status": [f"{each.sign} {each.words}" for each in _JUDGED],
        "batas_daftar": LISTED,
        "batas_grafik": DRAWN,
        "ujung_grafik": ENDS,
        "rerata_capaian": _percent(recap.capaian),
        "pagu": format_rupiah(recap.pagu),
        "realisasi": format_rupiah(recap.realisasi),
        "serapan": _percent(recap.serapan),
        "serapan_tertinggi": highest,
        "serapan_terendah": lowest,
        "program": [_program(total) for total in recap.programs[:LISTED]],
        "indikator": [_indicator(total) for total in recap.indicators[:LISTED]],
        "grafik_serapan": absorption_chart(recap),
        **{name: [_kecamatan(row) for row in rows[:LISTED]] for name, rows in lists.items()},
    }


def _edges(rows: Sequence[RecapRow]) -> list[Mapping[str, str]]:
    """The kecamatan of the highest and the lowest serapan, nameless where there are no two that differ."""
    if not rows or rows[0].summary.serapan == rows[-1].summary.serapan:
        return [{"kecamatan": "", "serapan": "-"}] * 2
    edges = (rows[0].summary, rows[-1].summary)
    return [{"kecamatan": each.kecamatan, "serapan": _percent(each.serapan)} for each in edges]


def _kecamatan(row: RecapRow) -> dict[str, object]:
    return {
        "nama": row.summary.kecamatan,
        "status": row.status.value,
        "ketepatan": row.punctuality,
        "hari_terlambat": row.figures.days_late or 0,
        "kesalahan": row.summary.count(Severity.ERROR),
        "capaian": _percent(row.figures.capaian),
        "pagu": _money(row.figures.pagu),
        "realisasi": _money(row.figures.realisasi),
        "serapan": _percent(row.figures.serapan),
        "triwulan_lain": str(row.other_quarter or ""),
        "berkas": row.file,
    }


def _program(total: ProgramTotal) -> dict[str, object]:
    return {
        "nama": total.program,
        "pagu": _money(total.pagu),
        "realisasi": _money(total.realisasi),
        "serapan": _percent(total.serapan),
        "status": _held(f"{total.standing.sign} {total.standing.words}"),
    }


def _indicator(total: IndicatorTotal) -> dict[str, object]:
    return {
        "nama": total.indikator,
        "kecamatan": total.kecamatan,
        "status": " ".join(
            _held(f"{each.sign} {total.standings[each]}") for each in _JUDGED if each in total.standings
        ),
        "rerata": _percent(total.rerata),
        "terendah": _percent(total.terendah),
        "tertinggi": _percent(total.tertinggi),
    }


def _held(text: str) -> str:
    """The text on one line."""
    return text.replace(" ", "\N{NO-BREAK SPACE}")


def _percent(value: Fraction | None) -> str:
    return "-" if value is None else printed_share(value)


def _money(value: Fraction | None) -> str:
    return "-" if value is None else format_rupiah(value)


# The chart of the recap: serapan of each kecamatan, the highest first; "" with nothing to draw ------------

_TOP, _FIGURE, _BELOW = Decimal(2), Decimal(16), Decimal(13)
_ROW, _TALLEST = Decimal(5), Decimal(112)  # the rows of a common kabupaten, of some twenty kecamatan
_LEAST = Decimal("3.6")  # what a name and a figure need so that the next row does not touch them
_WIDTH = Decimal(175)  # of the text
_FEWEST = 2  # bars that can be compared
_LETTER = Decimal("1.9")  # of a name, generously
_DARK, _DECIMALS = 1, 2


def absorption_chart(recap: Recap) -> Chart | Literal[""]:
    """Serapan of each kecamatan that has one, of the highest and the lowest where there are many."""
    rows = drawn(recap.absorbed)
    if len(rows) < _FEWEST:
        return ""
    known = [row.summary.serapan for row in rows if row.summary.serapan is not None]
    values = tuple(round_half_up(value, _DECIMALS) for value in known)
    names = [squeeze(row.summary.kecamatan) or "-" for row in rows]
    labels = fit([Label(name) for name in names], _ROW, max(_TALLEST, _LEAST * len(names)))
    longest = max(map(len, labels.names)) * _LETTER
    left = min(longest, ROOM_MM) + 4 + (_FIGURE if values[-1] < 0 else 0)
    kind = recap.terms.kecamatan.lower()
    whose = f"setiap {kind}" if len(rows) == len(recap.absorbed) else "tertinggi dan terendah"
    told = [f"{name} {printed_share(value)}" for name, value in zip(names, known, strict=True)]
    return Chart(
        kind="bar",
        categories=labels.names,
        series=(Series("Serapan", values, _DARK, at_end(values)),),
        number_format=percent_format(_DECIMALS),
        axis_format=f'{INDONESIAN}0"%"',
        axis_title="",
        title=f"Grafik serapan anggaran menurut {kind}",
        alt=sentence(f"Grafik batang serapan anggaran {whose}", told),
        width_emu=int(_WIDTH * EMU_PER_MM),
        height_emu=int((_TOP + labels.height + _BELOW) * EMU_PER_MM),
        plot=Plot(left, _TOP, _WIDTH - left - _FIGURE, labels.height),
    )
