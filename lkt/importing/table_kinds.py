"""The kinds of table that import knows, one row a kind: by which headings each is known, and what they mean.

A heading is compared in small letters, the group above it and a bar before it: ``anggaran | realisasi``;
without a group it begins with the bar: ``| target``. Of the columns of a kind the first whose pattern is
found takes a heading, so that the narrower pattern stands first.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from lkt.indonesian import normalize, roman

IGNORED = "-"
"""The role of a column that is known and not taken in: lkt works it out, or the office keeps it."""

ANGGARAN = "Anggaran"
"""The role of a column of amounts of which its heading does not say whether they are of PK or DPA."""

TANGGAL = "Tanggal Dokumen"
"""The role of a column of dates of one village document."""

OF_QUARTER = "Realisasi TW"
"""The role of a column of realisasi whose heading names one quarter, not all up to it."""

OF_YEAR = "Realisasi Tahun"
"""The role of a column of realisasi whose heading names its year."""

SASARAN_INDIKATOR = "Sasaran dan Indikator"
TEPAT_WAKTU = "Tepat Waktu"
FORMULASI, PERHITUNGAN = "Formulasi", "Perhitungan"

_SEVERAL = frozenset((IGNORED, TANGGAL, OF_YEAR, OF_QUARTER))
"""The roles that several columns of a table may have."""

_NO = r"^\W*(no|nomor|nmr)\b.{0,6}$"
_REALISASI = {
    OF_QUARTER: r"reali\w*si(?!.*\b(s[. /]*d\b|sampai)).*\b(tw|trw|triwulan)\.?[\s|-]*(i{1,3}|iv|[1-4])$",
    "Realisasi": r"reali\w*si",
}
_TARGETS = {
    **{
        f"Target TW {roman(number)}": rf"(tw|trw|triwulan)\.?[\s|-]*({roman(number).lower()}|{number})$"
        for number in range(1, 5)
    },
    "Target Akhir Renstra": r"renstra",
    "Target Triwulan": r"target[^(]*\b(triwulan|tw)\b|(triwulan|\btw)\b.*\|.*target",
    "Target": r"target",
}


@dataclass(frozen=True)
class TableKind:
    """One kind of table.

    Attributes:
        name: what it is called before the user.
        sheet: the sheet that its rows go to; empty for sums, which lkt works out itself.
        columns: role -> pattern of the heading. A role is a heading of the sheet, or one of the names above.
        needs: groups of roles; of each one must be there.
        lacks: roles that it must not have.
        key: the role that names a row; in a sheet a row without it is none.
    """

    name: str
    sheet: str
    columns: Mapping[str, str]
    needs: Sequence[Sequence[str]]
    key: str
    lacks: Sequence[str] = ()

    @cached_property
    def patterns(self) -> tuple[tuple[str, re.Pattern[str]], ...]:
        """The roles with their patterns, compiled."""
        return tuple((role.rstrip(), re.compile(pattern)) for role, pattern in self.columns.items())

    def roles(self, headings: Sequence[str]) -> dict[int, str]:
        """The role of each column, by its place; several columns of dates and ignored ones may share one."""
        found: dict[int, str] = {}
        for place, heading in enumerate(headings):
            text = normalize(heading)
            for role, pattern in self.patterns:
                free = role in _SEVERAL or role not in found.values()
                if text.strip("| ") and free and pattern.search(text):
                    found[place] = role
                    break
        return found

    def fits(self, roles: Mapping[int, str]) -> bool:
        """Whether columns of these roles make a table of this kind."""
        there = set(roles.values())
        return all(there & set(group) for group in self.needs) and not there & set(self.lacks)


KINDS_OF_TABLE: tuple[TableKind, ...] = (
    TableKind("perubahan perjanjian kinerja", "", {
        "Nama": r"indikator|program", IGNORED: r"semula|menjadi",
    }, [["Nama"], [IGNORED]], "Nama"),
    TableKind("penarikan anggaran", "", {
        IGNORED: r"reali\w*si triwulan ini|rencana serapan|deviasi",
        "Serapan": r"serapan", "Program": r"program",
    }, [["Program"], [IGNORED], ["Serapan"]], "Program"),
    TableKind("kotak rumus", "Indikator", {
        "No": _NO, "Sasaran": r"sasaran", "Indikator": r"indikator|\biku\b",
        FORMULASI: r"formula|rumus", PERHITUNGAN: r"perhitungan|hasil",
    }, [["Indikator"], [FORMULASI], [PERHITUNGAN]], "Indikator"),
    TableKind("strategi", "Strategi", {
        "No": _NO, "Strategi": r"strategi|langkah|upaya", "Indikator": r"indikator|sasaran|\biku\b",
        "Waktu": r"bulan|waktu|jadwal|tanggal",
    }, [["Indikator"], ["Strategi"]], "Strategi", lacks=["Realisasi", "Target"]),
    TableKind("capaian kinerja", "Indikator", {
        "No": _NO, SASARAN_INDIKATOR: r"sasaran.*indikator", "Indikator": r"indikator|\biku\b",
        "Sasaran": r"sasaran|tujuan", "Satuan": r"satuan",
        **_REALISASI, "Capaian": r"capaian(?!.*target)|tingkat|\| ?%|persen",
        **_TARGETS,
        "Keterangan": r"\bket|status|penjelasan", "Sumber Data": r"sumber data",
        "Penanggung Jawab": r"penanggung", IGNORED: r"pagu|anggaran|program",
    }, [["Indikator", SASARAN_INDIKATOR], ["Target", "Target Triwulan"], ["Realisasi", OF_QUARTER]],
       "Indikator", lacks=[IGNORED]),
    TableKind("perjanjian kinerja", "Indikator", {
        "No": _NO, SASARAN_INDIKATOR: r"sasaran.*indikator", "Indikator": r"indikator|\biku\b",
        "Sasaran": r"sasaran|tujuan", "Satuan": r"satuan", **_REALISASI,
        **_TARGETS, "Sumber Data": r"sumber data", "Penanggung Jawab": r"penanggung",
        IGNORED: r"pagu|anggaran|program",
    }, [["Indikator", SASARAN_INDIKATOR], ["Target", "Target TW I"]], "Indikator",
       lacks=["Realisasi", OF_QUARTER, IGNORED]),
    TableKind("perbandingan tahun", "Indikator", {
        "No": _NO, "Indikator": r"indikator|\biku\b", OF_YEAR: r"reali\w*si.*20\d\d|tahun lalu",
        "Target Akhir Renstra": r"renstra", IGNORED: r"pagu|anggaran|program",
    }, [["Indikator"], [OF_YEAR, "Target Akhir Renstra"]], "Indikator", lacks=[IGNORED]),
    TableKind("anggaran setiap unit", "", {
        "No": _NO, "Unit": r"\| ?unit|\| ?kelurahan", "Realisasi": r"reali\w*si", "Pagu": r"pagu|anggaran",
        "Capaian": r"serapan|capaian|%", "Program": r"program|kegiatan|uraian",
    }, [["Unit"], ["Pagu"]], "Unit", lacks=["Program"]),
    TableKind("fasilitasi setiap bulan", "", {
        "Pelaksana": r"pelaksana|seksi|jenis",
        IGNORED: r"\| ?(jan|feb|mar|apr|mei|jun|jul|agu|sep|okt|nov|des)",
        "Jumlah": r"jumlah|total",
    }, [["Pelaksana"], [IGNORED], ["Jumlah"]], "Pelaksana"),
    TableKind("program dan anggaran", "Anggaran", {
        "No": _NO, IGNORED: r"\bsisa|efisiensi|selisih|\bstatus|lokasi",
        "Kode": r"kode|rekening", "Indikator Program": r"indikator",
        "Anggaran PK": r"(anggaran|pagu).*(\bpk\b|perjanjian)|perjanjian kinerja",
        "Realisasi Kinerja":
            r"(kinerja|fisik).*\| ?(r$|reali\w*si)|reali\w*si (kinerja|fisik)|reali\w*si.*\| ?k$|\| ?r$",
        "Capaian Kinerja": r"kinerja.*\| ?(%|capaian|persen)|capaian kinerja",
        "Pagu": r"pagu|\bdpa\b|target.*\| ?rp", "Target": r"target|\| ?t$",
        "Capaian": r"capaian|serapan|penyerapan|persen|%",
        **_REALISASI,
        ANGGARAN: r"anggaran|jumlah|alokasi",
        "Program": r"program|uraian|kegiatan|sasaran", "Sumber Dana": r"sumber", "Keterangan": r"\bket",
        "Satuan": r"satuan", "Unit": r"unit|\bopd\b|\bskpd\b",
    }, [["Program"], ["Anggaran PK", "Pagu", ANGGARAN]], "Program"),
    TableKind("fasilitasi dan koordinasi", "Fasilitasi", {
        "No": _NO, "Tanggal": r"tanggal|\btgl|waktu|bulan", "Bukti Pendukung": r"bukti|dokumen|eviden",
        "Pelaksana": r"pelaksana|seksi|petugas", "Ditindaklanjuti": r"tindak ?lanjut",
        "Jenis Fasilitasi": r"fasilita|koordinasi|kegiatan|uraian", "Unit": r"unit",
    }, [["Jenis Fasilitasi"], ["Tanggal"], ["Bukti Pendukung", "Pelaksana"]], "Jenis Fasilitasi"),
    TableKind("dokumentasi kegiatan", "Kegiatan", {
        "No": _NO, "Foto": r"dokumentasi|foto|gambar", "Tanggal": r"tanggal|\btgl|waktu",
        "Kegiatan": r"kegiatan|uraian", "Uraian": r"keterangan|hasil",
    }, [["Kegiatan"], ["Foto"]], "Kegiatan"),
    TableKind("dokumen desa", "Desa", {
        "No": _NO, "Kode": r"\bkode", IGNORED: r"tidak tepat|terlambat|status|progres.*\|\s*$",
        TEPAT_WAKTU: r"tepat waktu", TANGGAL: r"tanggal|\btgl|rkp|apb|lpp",
        "Desa": r"\| ?(nama )?(desa|kelurahan|kampung|kalurahan|nagari|gampong|pekon|tiyuh)\b",
        "Keterangan": r"\bket",
    }, [["Desa"], [TANGGAL]], "Desa"),
    TableKind("tindak lanjut", "Tindak Lanjut", {
        "No": _NO, "Penanggung Jawab": r"penanggung|pelaksana|seksi",
        "Batas Waktu": r"waktu|tanggal|bulan|target", "Asal Rencana": r"\| ?laporan|asal",
        "Status": r"status|keadaan", "Uraian": r"tindak ?lanjut|rencana",
    }, [["Uraian"], ["Penanggung Jawab", "Batas Waktu", "No"]], "Uraian"),
    TableKind("tugas dan fungsi", "Tugas Fungsi", {"No": _NO, "Uraian": r"tugas|fungsi"},
              [["No"], ["Uraian"]], "Uraian"),
)  # fmt: skip
