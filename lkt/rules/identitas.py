"""I: sheet Identitas, who signs and when."""

import calendar
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from lkt.calendar import days_late, quarter_of
from lkt.figures import Case
from lkt.findings import Finding
from lkt.indonesian import format_date, normalize, squeeze
from lkt.rules.base import ERROR, INFO, WARNING, rule
from lkt.rules.helpers import (
    NOT_FOUND,
    PERIOD,
    complaint,
    day_of,
    free_day,
    has_column,
    quarter,
    quote,
    repair,
    signed,
    tell,
    words,
)

_YEARS = (2000, 2100)
_YOUNGEST = 15
_LENGTH_OF_NIP = 18
_WORKING_AGE = (18, 65)
_USUAL_DAYS = 20
_ENOUGH_DATES = 2
"""Rows of the log that must agree with the signature before Tahun and Triwulan are doubted."""
_HEAD = re.compile(r"\b(Bupati|Wali ?[Kk]ota) ((?!Nomor|No\b|Tentang|Dan\b)[A-Z][\w'’-]+)")
_TITLES = frozenset(
    words(
        "camat plt plh pj pjs penjabat pelaksana tugas harian sementara kepala distrik panewu mantri pamong "
        "praja kemantren kapanewon lurah sekretaris sekcam kecamatan kelurahan kabupaten kota selaku sebagai "
        "pada di atas nama a n an dan tingkat kasi seksi wakil bupati wali walikota provinsi asisten"
    )
)
"""Words of a post that name no place."""

_RANKS = {
    rank: f"{group}/{letter}"
    for group, ranks in (
        ("I", ("Juru Muda", "Juru Muda Tingkat I", "Juru", "Juru Tingkat I")),
        ("II", ("Pengatur Muda", "Pengatur Muda Tingkat I", "Pengatur", "Pengatur Tingkat I")),
        ("III", ("Penata Muda", "Penata Muda Tingkat I", "Penata", "Penata Tingkat I")),
        (
            "IV",
            ("Pembina", "Pembina Tingkat I", "Pembina Utama Muda", "Pembina Utama Madya", "Pembina Utama"),
        ),
    )
    for letter, rank in zip("abcde", ranks, strict=False)
}
"""The ranks of civil servants with their grades."""

_RANK = re.compile(r"(?P<rank>[^(,/]+?)\W+(?P<grade>(?:IV|I{1,3})\s*/\s*[a-e])\b", re.IGNORECASE)
_PPPK = "21"
"""Stands in a NIP for the month of appointment where the employee has a contract (PPPK)."""


@rule("I102", ERROR, reads=f"{PERIOD} identitas.tanggal_laporan")
def signed_too_early(case: Case) -> Iterator[Finding]:
    """Laporan ditandatangani sebelum triwulan berakhir

    Mengapa: Laporan tidak mungkin memuat hasil sampai akhir triwulan bila ditandatangani sebelumnya; ini
        temuan pertama yang dicari pemeriksa.
    Perbaikan: Isi Tanggal Laporan dengan hari kerja sesudah triwulan berakhir, paling lambat pada batas
        waktunya.
    """
    day, periode = signed(case), case.computed.periode
    if day and periode and day < periode.triwulan.akhir:
        cell, end = case.dataset.identitas.tanggal_laporan, format_date(periode.triwulan.akhir)
        yield tell(
            f"Laporan ditandatangani {format_date(day)}, padahal triwulan "
            f"{periode.triwulan.roman} baru berakhir {end}.",
            cell,
            expected=f"sesudah {end} s.d. {format_date(periode.batas_lapor)}",
        )


@rule("I103", WARNING, reads=f"{PERIOD} identitas.tanggal_laporan")
def signed_too_late(case: Case) -> Iterator[Finding]:
    """Laporan ditandatangani sesudah batas waktu

    Mengapa: Laporan kinerja triwulan harus disampaikan paling lambat pada hari kerja yang ditetapkan; libur
        nasional dan cuti bersama tidak dihitung sebagai hari kerja.
    Perbaikan: Periksa Tanggal Laporan dan Batas Hari Kerja. Bila memang terlambat, catat sebabnya
        pada lembar Pengecualian.
    Dasar: Peraturan Presiden Nomor 21 Tahun 2023 tentang Hari Kerja dan Jam Kerja Instansi Pemerintah dan
        Pegawai Aparatur Sipil Negara, Pasal 3 dan Pasal 6
    """
    day, periode = signed(case), case.computed.periode
    if day and periode and day > periode.batas_lapor:
        cell = case.dataset.identitas.tanggal_laporan
        late, working = (day - periode.batas_lapor).days, days_late(periode.batas_lapor, day)
        delay = f"{late} hari ({working} hari kerja) sesudah batas"
        yield tell(
            f"Laporan ditandatangani {format_date(day)}, {delay} {format_date(periode.batas_lapor)} "
            f"(hari kerja ke-{periode.hari_kerja} sesudah triwulan berakhir).",
            cell,
            expected=f"paling lambat {format_date(periode.batas_lapor)}",
        )


@rule(
    "I118",
    WARNING,
    reads=f"{PERIOD} identitas.tanggal_pk_perubahan indikator.target_perubahan anggaran.anggaran_perubahan",
)
def amendment_incomplete(case: Case) -> Iterator[Finding]:
    """Perjanjian Kinerja Perubahan belum lengkap

    Mengapa: Target Perubahan dan Anggaran Perubahan berlaku sejak triwulan yang memuat tanggalnya; tanpa
        tanggal, atau dengan tanggal tahun lain, laporan memakai Perjanjian Kinerja yang lama.
    Perbaikan: Isi Tanggal PK Perubahan pada lembar Identitas dan target atau anggaran yang berubah; bila
        Perjanjian Kinerja tidak diubah, kosongkan semuanya.
    Dasar: Peraturan Menteri PANRB Nomor 53 Tahun 2014 tentang Petunjuk Teknis Perjanjian Kinerja, Pelaporan
        Kinerja, dan Tata Cara Reviu atas Laporan Kinerja Instansi Pemerintah
    """
    dataset, periode = case.dataset, quarter(case)
    day = dataset.identitas.tanggal_pk_perubahan
    changed: list[Any] = [row.target_perubahan for row in dataset.indikator]
    changed = [*changed, *(row.anggaran_perubahan for row in dataset.anggaran)]
    filled = [cell for cell in changed if cell.value is not None]
    if filled and day.blank:
        message = "Target Perubahan atau Anggaran Perubahan diisi, padahal Tanggal PK Perubahan kosong."
        yield tell(message, *filled, written="")
    if day.value is None or periode is None:
        return
    if day.value.end.year != periode.tahun:
        message = f"Tanggal PK Perubahan {day} di luar tahun {periode.tahun}."
        yield tell(message, day)
    elif all(cell.blank for cell in changed):
        message = "Tanggal PK Perubahan diisi, padahal Target Perubahan dan Anggaran Perubahan kosong semua."
        yield tell(message, day)


@rule("I104", WARNING, follows="I102", reads="identitas.tanggal_laporan")
def signed_on_free_day(case: Case) -> Iterator[Finding]:
    """Laporan ditandatangani pada hari libur

    Mengapa: Tanda tangan pada hari libur membuat tanggal laporan diragukan.
    Perbaikan: Isi Tanggal Laporan dengan hari kerja ketika laporan benar-benar ditandatangani.
    Dasar: Peraturan Presiden Nomor 21 Tahun 2023 tentang Hari Kerja dan Jam Kerja Instansi Pemerintah dan
        Pegawai Aparatur Sipil Negara, Pasal 3; Keputusan Bersama Menteri Agama, Menteri Ketenagakerjaan, dan
        Menteri PANRB tentang Hari Libur Nasional dan Cuti Bersama
    """
    day = signed(case)
    reason = free_day(day) if day else None
    if day and reason:
        cell = case.dataset.identitas.tanggal_laporan
        message = f"Laporan ditandatangani {format_date(day)}, yaitu pada hari libur: {reason}."
        yield tell(message, cell)


@rule("I105", ERROR, reads="identitas.nip")
def nip_impossible(case: Case) -> Iterator[Finding]:
    """NIP tidak mungkin benar

    Mengapa: NIP dicetak di bawah tanda tangan Camat; angkanya memuat tanggal lahir, bulan pengangkatan, jenis
        kelamin, dan nomor urut.
    Perbaikan: Salin NIP dari surat keputusan dan ketik sebagai teks, 18 angka.
    Dasar: Peraturan Kepala BKN Nomor 22 Tahun 2007 tentang Nomor Identitas Pegawai Negeri Sipil
    """
    cell = case.dataset.identitas.nip
    nip = cell.value or ""
    faults = _nip_faults(nip) if nip else []
    if faults:
        hint = ""
        if nip.isdecimal() and nip.endswith("000"):  # Excel keeps fifteen figures of a number
            hint = "Bila NIP diketik sebagai angka, angka terakhirnya hilang: ketik sebagai teks."
        yield tell(f"NIP {nip}: {'; '.join(faults)}.", cell, hint=hint)


def _nip_faults(nip: str) -> list[str]:
    digits = re.sub(r"[\s.\-]", "", nip)
    if not digits.isdecimal():
        return ["bukan angka seluruhnya"]
    if len(digits) != _LENGTH_OF_NIP:
        return [f"bukan {_LENGTH_OF_NIP} angka, melainkan {len(digits)}"]
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:8])
    appointed, appointed_month = int(digits[8:12]), digits[12:14]
    checks = (
        (_is_day(year, month, day), f"tanggal lahir {digits[6:8]}-{digits[4:6]}-{digits[:4]} tidak ada"),
        (
            appointed_month == _PPPK or 1 <= int(appointed_month) <= 12,
            f"bulan pengangkatan {appointed_month} tidak ada",
        ),
        (appointed >= year + _YOUNGEST, f"diangkat {appointed}, padahal lahir {year}"),
        (digits[14] in "12", f"angka jenis kelamin {digits[14]}, seharusnya 1 atau 2"),
        (digits[15:] != "000", "nomor urut 000 tidak ada"),
    )
    return [fault for right, fault in checks if not right]


def _is_day(year: int, month: int, day: int) -> bool:
    return 1900 <= year <= 2100 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


@rule("I106", WARNING, reads="identitas.jabatan identitas.kecamatan identitas.kabupaten")
def post_elsewhere(case: Case) -> Iterator[Finding]:
    """Jabatan menyebut kecamatan lain

    Mengapa: Jabatan penanda tangan yang tidak cocok dengan kecamatannya menandakan buku kerja disalin dari
        kecamatan lain. Jabatan tanpa nama wilayah, misalnya Plt. Camat, tidak dipersoalkan.
    Perbaikan: Samakan Jabatan dengan Kecamatan: Camat dan nama kecamatannya.
    """
    identitas = case.dataset.identitas
    post, district = identitas.jabatan, identitas.kecamatan
    if not post.value or not district.value:
        return
    named = [word for word in words(post.value) if word not in _TITLES]
    own = {*words(district.value), *words(identitas.kabupaten.value or "")}
    if named and not own.intersection(named):
        kind = identitas.terms.kecamatan.lower()
        message = f"Jabatan “{post.value}” tidak menyebut {kind} “{district.value}”."
        yield tell(message, post, district)


@rule("I107", ERROR, reads="identitas.tanggal_laporan")
def signature_no_day(case: Case) -> Iterator[Finding]:
    """Tanggal Laporan bukan satu tanggal

    Mengapa: Laporan ditandatangani pada satu hari; bulan atau rentang tidak dapat diperiksa.
    Perbaikan: Isi tanggal lengkap, misalnya 5 April 2024.
    """
    cell = case.dataset.identitas.tanggal_laporan
    if cell.value and signed(case) is None:
        yield tell(f"Tanggal Laporan “{cell.written}” bukan satu tanggal.", cell)


@rule(
    "I108",
    INFO,
    reads="identitas.kabupaten identitas.kecamatan identitas.tempat identitas.nama_camat identitas.jabatan",
)
def name_taken_otherwise(case: Case) -> Iterator[Finding]:
    """Nama memuat kata jenisnya atau berhuruf besar semua

    Mengapa: Laporan sudah mencetak kata Kabupaten dan Kecamatan, dan nama dalam kalimat tidak ditulis dengan
        huruf besar atau huruf kecil semua; nama itu sudah dicetak sebagaimana mestinya.
    Perbaikan: Tulis namanya saja dengan huruf biasa; lkt check --fix menuliskannya.
    """
    identitas = case.dataset.identitas
    names = {
        "Kabupaten": identitas.kabupaten,
        "Kecamatan": identitas.kecamatan,
        "Tempat": identitas.tempat,
        "Nama Camat": identitas.nama_camat,
        "Jabatan": identitas.jabatan,
    }
    for name, cell in names.items():
        if cell.value and cell.value != squeeze(cell.written):
            message = f"{name} diisi {quote(cell.written)}; dicetak sebagai “{cell.value}”."
            yield tell(message, cell, expected=cell.value)


@rule("I109", WARNING, reads="identitas.logo")
def logo_missing(case: Case) -> Iterator[Finding]:
    """Berkas logo tidak ditemukan

    Mengapa: Tanpa berkasnya sampul laporan dicetak tanpa lambang daerah.
    Perbaikan: Simpan gambarnya di folder buku kerja, atau betulkan nama berkasnya.
    """
    cell, logo = case.dataset.identitas.logo, case.dataset.logo
    if cell.value and logo and logo.masalah in NOT_FOUND:
        message = f"Logo “{cell.value}” {complaint(logo)}"
        yield tell(message, cell, hint=repair(logo))


@rule("I110", WARNING, reads="identitas.nip identitas.tahun")
def nip_unlikely(case: Case) -> Iterator[Finding]:
    """NIP tidak cocok dengan tahun laporan

    Mengapa: NIP memuat tahun lahir dan tahun pengangkatan; pegawai aktif tidak mungkin diangkat sesudah tahun
        laporan atau sudah melewati usia pensiun.
    Perbaikan: Salin NIP dari surat keputusan.
    Dasar: Peraturan Kepala BKN Nomor 22 Tahun 2007 tentang Nomor Identitas Pegawai Negeri Sipil;
        Undang-Undang Nomor 20 Tahun 2023 tentang Aparatur Sipil Negara, Pasal 55
    """
    cell, year = case.dataset.identitas.nip, case.dataset.identitas.tahun.value
    camat = case.dataset.identitas.terms.camat
    digits = re.sub(r"[\s.\-]", "", cell.value or "")
    if year is None or not _YEARS[0] <= year <= _YEARS[1]:
        return
    if len(digits) != _LENGTH_OF_NIP or not digits.isdecimal():
        return
    age = int(year) - int(digits[:4])
    if int(digits[8:12]) > year:
        yield tell(f"Menurut NIP, {camat} diangkat {digits[8:12]}, sesudah tahun {year}.", cell)
    elif not _WORKING_AGE[0] <= age <= _WORKING_AGE[1]:
        yield tell(f"Menurut NIP, {camat} berumur {age} tahun pada tahun {year}.", cell)


@rule(
    "I111",
    WARNING,
    reads="identitas.kabupaten identitas.pemberi_amanah identitas.peraturan_pelaporan "
    "identitas.peraturan_kedudukan",
)
def other_kabupaten(case: Case) -> Iterator[Finding]:
    """Menyebut kepala daerah lain

    Mengapa: Isian yang tertinggal dari buku kerja kabupaten atau kota lain tercetak sebagai dasar hukum
        laporan.
    Perbaikan: Sebut pejabat dan peraturan daerah sendiri.
    """
    identitas = case.dataset.identitas
    own = words(identitas.kabupaten.value or "")
    for cell in (identitas.pemberi_amanah, identitas.peraturan_pelaporan, identitas.peraturan_kedudukan):
        named = _HEAD.search(cell.value or "")
        if own and named and not set(words(named[2])) <= set(own):
            area = identitas.terms.daerah.lower()
            message = f"Tertulis “{named[1]} {named[2]}”, padahal {area}nya {identitas.kabupaten.value}."
            yield tell(message, cell, identitas.kabupaten)


@rule("I117", WARNING, reads="identitas.jenis_daerah identitas.kabupaten identitas.pemberi_amanah")
def other_kind_of_head(case: Case) -> Iterator[Finding]:
    """Kepala daerah tidak cocok dengan Jenis Daerah

    Mengapa: Kabupaten dipimpin Bupati dan kota dipimpin Wali Kota; laporan sebuah kota yang Jenis Daerahnya
        Kabupaten bersampul pemerintah kabupaten yang tidak ada.
    Perbaikan: Betulkan Jenis Daerah atau Pemberi Amanah; pada buku kerja lama tambahkan baris Jenis Daerah.
    """
    identitas = case.dataset.identitas
    named, right = _HEAD.search(identitas.pemberi_amanah.value or ""), identitas.terms.kepala_daerah
    setting = [cell for cell in (identitas.jenis_daerah,) if has_column(cell)]
    if identitas.jenis_daerah.broken:
        return
    if named and named[1].casefold().replace(" ", "") != right.casefold().replace(" ", ""):
        message = (
            f"Pemberi Amanah {identitas.pemberi_amanah}, padahal jenis daerahnya {identitas.terms.daerah}."
        )
        yield tell(message, identitas.pemberi_amanah, *setting, expected=right)
    elif case.listed and case.listed.named and case.listed.named.region.kind != identitas.terms.daerah:
        region = case.listed.named.region
        message = (
            f"Menurut daftar wilayah {region.name} adalah {region.kind}, bukan {identitas.terms.daerah}."
        )
        yield tell(message, identitas.kabupaten, *setting, expected=region.kind)


@rule("I112", WARNING, reads="identitas.logo")
def logo_unusable(case: Case) -> Iterator[Finding]:
    """Logo tidak dapat dicetak

    Mengapa: Logo yang rusak, terlalu besar, atau berformat lain dicetak sebagai kotak kosong pada sampul.
    Perbaikan: Ganti logonya dengan berkas PNG atau JPG yang dapat dibuka.
    """
    cell, logo = case.dataset.identitas.logo, case.dataset.logo
    if logo and logo.masalah and logo.masalah not in NOT_FOUND:
        name = f"Logo “{cell.value}”" if cell.value else "Gambar logo"
        yield tell(f"{name} {complaint(logo)}", cell, hint=repair(logo))


@rule("I113", WARNING, reads=f"{PERIOD} identitas.tanggal_laporan fasilitasi.tanggal")
def quarter_of_the_dates(case: Case) -> Iterator[Finding]:
    """Tahun atau Triwulan tidak cocok dengan tanggal-tanggalnya

    Mengapa: Buku kerja yang disalin dari triwulan lalu sering lupa diganti Tahun atau Triwulannya; semua
        angka lalu dihitung untuk triwulan yang keliru, dan banyak temuan lain hanyalah akibatnya.
    Perbaikan: Betulkan Tahun atau Triwulan lebih dahulu, lalu periksa lagi; bila keduanya benar, betulkan
        tanggal-tanggalnya.
    """
    day, stated = signed(case), quarter(case)
    if day is None or stated is None:
        return
    likely = quarter_of(day).previous  # a report is signed in the quarter that follows
    if likely == stated:
        return
    days = filter(None, (day_of(row.tanggal) for row in case.dataset.fasilitasi))
    logged = Counter(map(quarter_of, days))
    forgotten = likely > stated or (likely < stated and not logged[stated])
    if forgotten and logged[likely] >= _ENOUGH_DATES:
        identitas = case.dataset.identitas
        year = (identitas.tahun.ref,) if likely.tahun != stated.tahun else ()
        number = (identitas.triwulan.ref,) if likely.nomor != stated.nomor else ()
        yield tell(
            f"Buku kerja ini untuk {stated.phrase}, padahal Tanggal Laporan "
            f"{format_date(day)} dan {logged[likely]} tanggal pada lembar Fasilitasi cocok dengan "
            f"{likely.phrase}.",
            *year,
            *number,
            identitas.tanggal_laporan,
            written=stated.phrase,
            expected=likely.phrase,
        )


@rule("I114", INFO, reads="identitas.tempat identitas.kecamatan identitas.kabupaten desa.desa")
def place_elsewhere(case: Case) -> Iterator[Finding]:
    """Tempat bukan nama yang dikenal

    Mengapa: Tempat dicetak di atas tanda tangan; nama yang bukan kecamatan, kabupaten, atau salah satu
        desanya biasanya tertinggal dari buku kerja lain.
    Perbaikan: Periksa Tempat; bila memang ibu kota kecamatannya bernama lain, tidak ada yang perlu diubah.
    """
    identitas = case.dataset.identitas
    own = [identitas.kecamatan, identitas.kabupaten, *(desa.desa for desa in case.dataset.desa)]
    known = {word for cell in own for word in words(cell.value or "")}
    place = set(words(identitas.tempat.value or ""))
    readable = case.dataset.desa and not any(cell.broken for cell in own)
    if place and known and readable and not place & known:
        places = identitas.terms.said("kecamatan, kabupaten, atau desanya")
        message = f"Tempat diisi {quote(identitas.tempat.written)}, bukan {places}."
        yield tell(message, identitas.tempat)


@rule("I115", WARNING, reads="identitas.pangkat_golongan")
def rank_unlike_grade(case: Case) -> Iterator[Finding]:
    """Pangkat dan golongan tidak berpasangan

    Mengapa: Pangkat dan golongan ruang dicetak di bawah tanda tangan; setiap pangkat mempunyai golongannya.
    Perbaikan: Salin pangkat dan golongan dari surat keputusan terakhir.
    """
    cell = case.dataset.identitas.pangkat_golongan
    found = _RANK.search(re.sub(r"\bTk\b\.?", "Tingkat", cell.value or "", flags=re.IGNORECASE))
    ranks = {normalize(rank): (rank, grade) for rank, grade in _RANKS.items()}
    if found and normalize(found["rank"]) in ranks:
        rank, grade = ranks[normalize(found["rank"])]
        if normalize(re.sub(r"\s", "", found["grade"])) != normalize(grade):
            yield tell(f"Pangkat {rank} bergolongan {grade}, tetapi tertulis {found['grade']}.", cell)


@rule("I116", WARNING, reads="identitas.batas_hari_kerja")
def deadline_unusual(case: Case) -> Iterator[Finding]:
    """Batas Hari Kerja tidak lazim

    Mengapa: Batas penyampaian dihitung dari isian ini; 50 hari kerja biasanya 5 yang salah ketik.
    Perbaikan: Samakan dengan peraturan pelaporan di daerah.
    """
    cell = case.dataset.identitas.batas_hari_kerja
    if cell.value is not None and cell.value > _USUAL_DAYS:
        yield tell(f"Batas Hari Kerja {cell.written}; yang lazim paling banyak {_USUAL_DAYS} hari.", cell)
