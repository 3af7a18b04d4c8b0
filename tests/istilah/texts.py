"""A text, and whether it is one that the user reads."""

import re
from dataclasses import dataclass

GAP = "…"
"""Stands for what an f-string or a template fills in."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text the user reads, and where it stands."""

    place: str
    text: str


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_INDONESIAN = _set(
    "yang dan di ke dari pada untuk dengan tidak ini itu atau bila karena agar oleh sebagai sudah belum "
    "harus dapat boleh hanya semua setiap ada bukan lalu masih tanpa sampai juga menurut sesudah sebelum "
    "beserta kepada seluruh akan jangan tiap buku kerja berkas templat laporan triwulan desa kecamatan baris "
    "kolom sel temuan aturan isian pagu realisasi capaian serapan sasaran rumus lembar tabel gambar tanggal "
    "bulan tahun nama kode nilai jumlah periksa tulis isi hapus simpan kesalahan peringatan perintah opsi "
    "butir angka teks kosong daftar bagian huruf tanda perbaiki pakai ditulis dihitung rekap halaman maksud "
    "anda misalnya banyaknya nomor urut batas waktu dikenal tersimpan diubah hasil perbaikan perhatian "
    "tindak lanjut indikator program kegiatan anggaran lagi dahulu sendiri tertulis seharusnya gagal bawaan"
)
_ENGLISH = _set(
    "the of is are and that with for which not its their no each what this be as by from one in it on was "
    "were bold a an or only to"
)
_NAME = re.compile(r"[a-z0-9_.\[\]]*")
_TECHNICAL = re.compile(
    r"\\[bswdA-Z(.]|<[a-z/!?]|\(\?|^\{?=|\[\[|\w_\w|^application/|[A-Z]{4,}\("  # patterns, XML, formulas
    r"|\w\[\w|^\[\w+\.\w+\]$|\w\(\"|[a-z_]\.[a-z_]+ (?:…|[a-z_]+\.[a-z_])|'(?:none|self)'|\w\|\w+\|"
)
_WORD = re.compile(r"[a-z]+")


def is_indonesian(text: str) -> bool:
    """Whether a string of the code is meant for the user, who reads Indonesian."""
    return not _NAME.fullmatch(text) and not _TECHNICAL.search(text) and speaks_indonesian(text)


def speaks_indonesian(text: str) -> bool:
    """Whether a text has more small words of Indonesian than of English."""
    words = _WORD.findall(text.lower())
    ours, theirs = (sum(word in known for word in words) for known in (_INDONESIAN, _ENGLISH))
    return ours > theirs
