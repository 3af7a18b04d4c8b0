"""The kinds of indicator once more, as far as a spreadsheet can work them out while an office types.

References are written as in ``lkt.workbook.declaration``; what a formula shows is never used for the report.
Percent is in percentage points, and a formula shows nothing where the program has no value.
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
PERIOD_END = f"DATE({_TAHUN},3*{_TRIWULAN}+1,0)"
NO_PERIOD = f"N({_TAHUN})*N({_TRIWULAN})=0"

# A text such as "19 s.d. 26 Februari 2024" or "Februari" counts by its last month, a month without a year is
# one of the report's year. No COUNTIFS with wildcards here: LibreOffice matches them with real dates as well.
_DATED = (
    'COUNTIFS([Fasilitasi.Ditindaklanjuti],"Ya",'
    f'[Fasilitasi.Tanggal],">="&{_PERIOD_START},[Fasilitasi.Tanggal],"<"&{PERIOD_END}+1)'
)
_ENDS_WITH_MONTH = (
    f"(RIGHT([Fasilitasi.Tanggal],LEN({_MONTH_LIST}))={_MONTH_LIST})"
    f'+(RIGHT([Fasilitasi.Tanggal],LEN({_MONTH_LIST})+5)={_MONTH_LIST}&" "&{_TAHUN})'
)
_WORDED = (
    f'SUMPRODUCT(([Fasilitasi.Ditindaklanjuti]="Ya")*({_ENDS_WITH_MONTH})*({_MONTH_NUMBERS}<=3*{_TRIWULAN}))'
)
_DOCUMENTS = "COUNTA([Dokumen.Dokumen])"
_EXPECTED = f"COUNTA([Desa.Desa])*{_DOCUMENTS}"

RASIO = 'IF(OR(NOT(ISNUMBER([Pembilang])),N([Penyebut])=0),"",[Pembilang]/[Penyebut]*100)'
FASILITASI = f'IF(OR({NO_PERIOD},N([Penyebut])=0),"",({_DATED}+{_WORDED})/[Penyebut]*100)'
DOKUMEN_DESA = (
    f'IF(OR({_EXPECTED}=0,COUNT([Desa.jumlah])<>{_DOCUMENTS}),"",SUM([Desa.jumlah])/({_EXPECTED})*100)'
)
