"""lkt: from a checked Excel workbook to a Camat's Laporan Kinerja Triwulan in Word."""

__version__ = "0.1.0"
