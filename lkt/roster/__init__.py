"""A list of the desa of a kabupaten in CSV: from its lines to one blank workbook for each kecamatan."""

from lkt.roster.kabupaten import Kecamatan, file_names, read_roster, roster_workbook

__all__ = ["Kecamatan", "file_names", "read_roster", "roster_workbook"]
