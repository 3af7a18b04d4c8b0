"""The made-up contents of one workbook: an office that filled in everything rightly."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from examples import kata
from examples.angka import choice, figure, sample
from examples.wilayah import Kecamatan
from lkt.calendar import Triwulan, is_working_day, report_deadline
from lkt.indonesian import format_rupiah
from lkt.rules.anggaran import NOMENCLATURE
from lkt.workbook import roster
from lkt.workbook.new import new_contents
from lkt.workbook.styles import Value
from lkt.workbook.writer import Contents, Row
from lkt.xlsx import Percent

TRIWULAN = Triwulan(2024, 1)
_LATE = {"35.08.09": date(2024, 4, 17)}
"""The office that is late and says why: the code of its kecamatan, and when it signed."""

_NO_PHOTO = "Contoh rekaan ini tidak memuat foto."
_LATE_REASON = "Camat bertugas di luar daerah pada 5 April 2024 (alasan rekaan)."


def _working_days(first: date, last: date) -> tuple[date, ...]:
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return tuple(filter(is_working_day, days))


QUARTER = _working_days(TRIWULAN.mulai, TRIWULAN.akhir)
_SIGNING = _working_days(TRIWULAN.akhir, report_deadline(TRIWULAN))


def contents(office: Kecamatan, log_rows: int | None = None) -> dict[str, list[dict[str, Value]]]:
    """The rows of every sheet.

    Args:
        office: whose workbook it is.
        log_rows: rows of sheet Fasilitasi; None takes 10 to 40 by the size of the kecamatan.
    """
    rows = figure(10, 24, office.kode, "log") + len(office.desa) if log_rows is None else log_rows
    known = roster.Kecamatan(office.kode, office.nama, tuple(office.desa), kabupaten=office.kabupaten)
    usual = new_contents(known, 2024, 1)
    made: Contents = {
        **usual,
        "Identitas": [*usual["Identitas"], *_identitas(office)],
        "Indikator": _indikator(office, rows),
        "Anggaran": _anggaran(office),
        "Fasilitasi": _fasilitasi(office, rows),
        "Desa": _desa(office),
        "Strategi": _strategi(office),
        "Tindak Lanjut": _numbered("Uraian", sample(kata.TINDAK_LANJUT, 3, office.kode, "lanjut")),
        "Kegiatan": _kegiatan(office),
        "Narasi": [
            {"Bagian": part, "Teks": choice(texts, office.kode, part)} for part, texts in kata.NARASI.items()
        ],
        "Pengecualian": _pengecualian(office),
    }
    return {sheet: [dict(row) for row in given] for sheet, given in made.items()}


def _numbered(heading: str, texts: Sequence[str]) -> list[Row]:
    return [{"No": number, heading: text} for number, text in enumerate(texts, 1)]


def signature(office: Kecamatan) -> date:
    """When the report is signed."""
    return _LATE.get(office.kode) or choice(_SIGNING, office.kode, "tanda tangan")


def _identitas(office: Kecamatan) -> list[Row]:
    """The officials and their numbers are obviously no one's."""
    real = office.kabupaten == "Lumajang"
    values: dict[str, Value] = {
        "Tanggal Laporan": signature(office),
        "Nama Camat": f"Nama Camat {office.nama} (rekaan)",
        "Pangkat/Golongan": "Pembina (IV/a)",
        "NIP": f"19700101 199501 1 {office.nomor % 999 or 999:03d}",
        "Pemberi Amanah": f"Pj. Bupati {office.kabupaten}" if real else f"Bupati {office.kabupaten}",
        "Peraturan Pelaporan": f"Peraturan Bupati {office.kabupaten} Nomor {6 if real else 1} Tahun 2018",
        "Peraturan Kedudukan": f"Peraturan Bupati {office.kabupaten} Nomor {96 if real else 2} Tahun 2019",
    }
    return [{"Isian": label, "Nilai": value} for label, value in values.items()]


# Figures ---------------------------------------------------------------------------------------------------


def _surveyed(office: Kecamatan) -> bool:
    """One office in three also answers for the satisfaction of those it serves."""
    return figure(0, 2, office.kode, "survei") == 0


def _indikator(office: Kecamatan, log_rows: int) -> list[Row]:
    plan = log_rows * figure(28, 42, office.kode, "rencana") // 10
    rows: list[dict[str, Value]] = [
        {
            "Indikator": "Persentase hasil fasilitasi dan koordinasi yang ditindaklanjuti",
            "Satuan": "%",
            "Target": Percent(Decimal(figure(16, 19, office.kode, "target") * 5)),
            "Jenis": "fasilitasi",
            "Uraian Pembilang": "Hasil fasilitasi dan koordinasi yang ditindaklanjuti",
            "Uraian Penyebut": "Fasilitasi dan koordinasi yang direncanakan pada tahun 2024",
            "Penyebut": plan,
        },
        {
            "Indikator": "Persentase dokumen desa yang tepat waktu",
            "Satuan": "%",
            "Target": Percent(Decimal(100)),
            "Jenis": "dokumen desa",
            "Uraian Pembilang": "Dokumen desa yang tepat waktu",
            "Uraian Penyebut": "Banyaknya desa dikali banyaknya dokumen",
            "Keterangan": "RKPDesa dan APBDesa belum jatuh tempo",
        },
        {
            "Indikator": "Indeks Kepuasan Masyarakat",
            "Satuan": "indeks",
            "Target": Decimal("82.5"),
            "Jenis": "nilai",
            "Realisasi": Decimal(figure(7800, 8600, office.kode, "indeks")) / 100,
        },
    ]
    mine = rows if _surveyed(office) else rows[:2]
    return [
        {
            "No": number,
            "Sasaran": kata.SASARAN[number - 1],
            "Arah": "naik",
            "Penjelasan": kata.CAPAIAN[number - 1],
            **row,
        }
        for number, row in enumerate(mine, 1)
    ]


def _anggaran(office: Kecamatan) -> list[Row]:
    """What each programme may spend follows the number of desa and kelurahan."""
    programs = kata.PROGRAM[: figure(5, 6, office.kode, "program")]
    return [_program(office, *program) for program in sorted(programs)]


def _program(office: Kecamatan, kode: str, indikator: str) -> Row:
    """Amounts in thousands until the end; the office itself costs most."""
    first = kode == "7.01.01"
    fixed, least, most = (1_400_000, 50_000, 60_000) if first else (12_000, 900, 4_000)
    planned = fixed + len(office.wilayah) * figure(least, most, office.kode, kode)
    shifted = figure(0, 3, office.kode, kode, "geser") == 0
    cut = planned * figure(1, 9, office.kode, kode, "turun") // 100 if shifted else 0
    spent = figure(80, 300, office.kode, kode, "serap")
    supported = {"7.01.06": 2, "7.01.02": 3 if _surveyed(office) else 1}.get(kode, 1)
    return {
        "Kode": kode,
        "Program": NOMENCLATURE[kode],
        "Indikator": supported,
        "Indikator Program": indikator,
        "Anggaran PK": planned * 1000,
        "Sumber Dana": "DAU",
        "Pagu": (planned - cut) * 1000,
        "Realisasi": (planned - cut) * spent,
        "Target": Percent(Decimal(100)) if first else None,
        "Realisasi Kinerja": Percent(Decimal(25)) if first else None,
        "Keterangan": f"{kata.BERUBAH}, selisih {format_rupiah(cut * 1000)}" if shifted else None,
        "Penjelasan": kata.SERAPAN if spent < 225 else None,  # 90% of a quarter of the pagu, in thousandths
    }


# Days ------------------------------------------------------------------------------------------------------


def _fasilitasi(office: Kecamatan, number: int) -> list[Row]:
    """Rows over the working days of the quarter; the same activity in the same place on other days only."""
    start = figure(0, len(kata.KEGIATAN) - 1, office.kode, "mulai")
    log = [(_day(office, 0), *kata.MUSRENBANG)]
    log += [_activity(office, start + place, place) for place in range(number - 1)]
    return [
        {
            "No": row,
            "Jenis Fasilitasi": text,
            "Tanggal": day,
            "Bukti Pendukung": evidence,
            "Pelaksana": doer,
            "Ditindaklanjuti": "Tidak" if figure(1, 8, office.kode, text, day) == 1 else "Ya",
        }
        for row, (day, text, evidence, doer) in enumerate(sorted(log[:number]), 1)
    ]


def _activity(office: Kecamatan, turn: int, place: int) -> tuple[date, str, str, str]:
    """The desa changes from row to row, and again whenever all activities have had their turn."""
    text, evidence, doer = kata.KEGIATAN[turn % len(kata.KEGIATAN)]
    rounds, among = divmod(place, len(kata.KEGIATAN))
    again, shift = divmod(rounds, len(office.wilayah))
    area = office.wilayah[(among + shift) % len(office.wilayah)]
    return _day(office, again, text, area), f"{text} {area}", evidence, doer


def _day(office: Kecamatan, again: int, *words: str) -> date:
    """A working day of the quarter, another one each time again."""
    return QUARTER[(figure(0, len(QUARTER) - 1, office.kode, *words) + again) % len(QUARTER)]


def _desa(office: Kecamatan) -> list[Row]:
    """Most LPPDesa are in time; one or two came in April or are not there yet, and the note says why."""
    late = sample(office.desa, figure(0, 2, office.kode, "terlambat"), office.kode, "siapa terlambat")
    open_ = sample(office.desa, figure(0, 1, office.kode, "belum"), office.kode, "siapa belum")
    return [_roster_row(office, desa, late=desa in late, missing=desa in open_) for desa in office.desa]


def _roster_row(office: Kecamatan, desa: tuple[str, str], *, late: bool, missing: bool) -> Row:
    kode, nama = desa
    row: Mapping[str, Value] = {"Kode": kode, "Desa": nama}
    if missing:
        return {**row, "Keterangan": choice(kata.BELUM, kode, "sebab")}
    if late:
        until_then = [day for day in _SIGNING if day <= signature(office)]
        return {**row, "LPPDesa": choice(until_then, kode), "Keterangan": choice(kata.TERLAMBAT, kode)}
    return {**row, "LPPDesa": choice(QUARTER[5:], kode)}


# Texts -----------------------------------------------------------------------------------------------------


def _strategi(office: Kecamatan) -> list[Row]:
    goals = kata.STRATEGI if _surveyed(office) else kata.STRATEGI[:2]
    return [
        {"Indikator": number, "Strategi": text, "Waktu": "Januari s.d. Maret 2024"}
        for number, texts in enumerate(goals, 1)
        for text in sample(texts, 2, office.kode, "strategi", number)
    ]


def _kegiatan(office: Kecamatan) -> list[Row]:
    return [
        {"No": number, "Kegiatan": name, "Tanggal": choice(QUARTER, office.kode, name), "Uraian": text}
        for number, (name, text) in enumerate(sample(kata.ACARA, 2, office.kode, "acara"), 1)
    ]


def _pengecualian(office: Kecamatan) -> list[Row]:
    """Photos are left out of the examples; the late office says why."""
    rows: list[Row] = [{"Kode": "G102", "Sel": "Kegiatan!E2:E3", "Alasan": _NO_PHOTO}]
    if office.kode in _LATE:
        rows.append({"Kode": "I103", "Sel": "Identitas!B8", "Alasan": _LATE_REASON})
    return rows
