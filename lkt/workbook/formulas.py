"""The live formulas of the standard workbook, so that an office sees its figures while typing.

They repeat the arithmetic of ``lkt.indicators`` as far as a spreadsheet can; what a formula shows is never
used for the report. A formula shows nothing where the program has no value. References are written as in
``declaration``; besides these, ``[*]`` in a total row is the column's own data range, ``[batas]`` the
deadline of the document in whose column of sheet Desa it stands, and ``[Desa.jumlah]`` the counts in the
row Jumlah of sheet Desa.
"""

_MONTHS = {
    "Januari": 1, "Februari": 2, "Pebruari": 2, "Maret": 3, "April": 4, "Mei": 5, "Juni": 6, "Juli": 7,
    "Agustus": 8, "September": 9, "Oktober": 10, "November": 11, "Nopember": 11, "Desember": 12,
}  # fmt: skip
_MONTH_LIST = "{" + ",".join(f'"{month}"' for month in _MONTHS) + "}"
_MONTH_NUMBERS = "{" + ",".join(map(str, _MONTHS.values())) + "}"
_TAHUN = "[Identitas.Tahun]"
_TRIWULAN = "[Identitas.Triwulan]"
_PERIOD_START = f"DATE({_TAHUN},1,1)"
_PERIOD_END = f"DATE({_TAHUN},3*{_TRIWULAN}+1,0)"
_NO_PERIOD = f"N({_TAHUN})*N({_TRIWULAN})=0"


# A text such as "19 s.d. 26 Februari 2024" or "Februari" counts by its last month, a month without a year is
# one of the report's year. No COUNTIFS with wildcards here: LibreOffice matches them with real dates as well.
_DATED = (
    'COUNTIFS([Fasilitasi.Ditindaklanjuti],"Ya",'
    f'[Fasilitasi.Tanggal],">="&{_PERIOD_START},[Fasilitasi.Tanggal],"<"&{_PERIOD_END}+1)'
)
_ENDS_WITH_MONTH = (
    f"(RIGHT([Fasilitasi.Tanggal],LEN({_MONTH_LIST}))={_MONTH_LIST})"
    f'+(RIGHT([Fasilitasi.Tanggal],LEN({_MONTH_LIST})+5)={_MONTH_LIST}&" "&{_TAHUN})'
)
_WORDED = (
    f'SUMPRODUCT(([Fasilitasi.Ditindaklanjuti]="Ya")*({_ENDS_WITH_MONTH})*({_MONTH_NUMBERS}<=3*{_TRIWULAN}))'
)
_FASILITASI = f"{_DATED}+{_WORDED}"
_DOKUMEN = "COUNTA([Dokumen.Dokumen])"
_DOKUMEN_DESA = f"COUNTA([Desa.Desa])*{_DOKUMEN}"
_TYPED = 'OR([Jenis]="nilai",[Jenis]="predikat")'
_IN_PERCENT = 'OR([Satuan]="%",[Satuan]="persen")'

REALISASI = (
    '=IF([Jenis]="rasio",IF(OR(NOT(ISNUMBER([Pembilang])),N([Penyebut])=0),"",[Pembilang]/[Penyebut]*100),'
    f'IF([Jenis]="fasilitasi",IF(OR({_NO_PERIOD},N([Penyebut])=0),"",({_FASILITASI})/[Penyebut]*100),'
    f'IF([Jenis]="dokumen desa",IF(OR({_DOKUMEN_DESA}=0,COUNT([Desa.jumlah])<>{_DOKUMEN}),"",'
    f'SUM([Desa.jumlah])/({_DOKUMEN_DESA})*100),"")))'
)
"""In the unit of the row: percent in percentage points. Blank for the kinds that are typed."""


def _number(cell: str, fraction: str) -> str:
    """A typed measure as a number: a letter by its scale, 0,85 formatted as percent as 85.

    Where a spreadsheet does not tell the format of a cell, a figure up to 1 is taken as 100% or less if
    ``fraction`` holds.
    """
    letter = f"INDEX([Skala.Batas Bawah],MATCH({cell},[Skala.Predikat],0))"
    percent = f'OR(IFERROR(LEFT(CELL("format",{cell}))="P",FALSE),AND({fraction},N({cell})<=1))'
    return f"IF(ISTEXT({cell}),{letter},N({cell})*IF({percent},100,1))"


def _reached(target: str) -> str:
    """Realisasi against a target; an error where the target is 0 or a letter is not on the scale."""
    ratio = f"{_number('[Realisasi]', f'{_IN_PERCENT},{_TYPED}')}/{_number(target, _IN_PERCENT)}"
    return f'IF([Arah]="turun",MAX(0,2-{ratio}),{ratio})'


_CAP = "IFERROR(VALUE([Identitas.Batas Capaian])/100,1E+99)"

CAPAIAN_INDIKATOR = (
    f'=IF(OR([Realisasi]="",[Arah]=""),"",IFERROR(MIN({_CAP},'
    f'IF([Identitas.Dasar Capaian]="triwulan",{_reached("[Target Triwulan]")},{_reached("[Target]")})),""))'
)
SERAPAN = '=IF(OR(N([Pagu])=0,NOT(ISNUMBER([Realisasi]))),"",[Realisasi]/[Pagu])'

TOTAL_MONEY = '=SUMPRODUCT((LEN([Anggaran.Kode])-LEN(SUBSTITUTE([Anggaran.Kode],".",""))<=2)*1,[*])'
"""Programme rows only: a code with more than two dots is a kegiatan or sub kegiatan."""

DESA_ON_TIME = (
    f'=IF(OR(N([batas])=0,{_NO_PERIOD}),"",COUNTIFS([*],">0",[*],"<"&MIN([batas],{_PERIOD_END})+1))'
)
"""Desa on time with one document by the end of the quarter."""
