"""What the functions and filters of a template do, each with a use that works in the example report."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """A function or a filter.

    Attributes:
        use: a whole tag that uses it.
        meaning: what it does, one sentence.
    """

    use: str
    meaning: str


FUNCTION_WORDS: Mapping[str, Word] = {
    "tabel": Word('{{ tabel("capaian", 3) }}', "Nomor tabel yang terhitung sendiri; kuncinya dipakai oleh rujuk, angka kedua adalah nomor bab dan boleh tidak ada."),
    "gambar": Word('{{ gambar("peta", 3) }}', "Nomor gambar yang terhitung sendiri; cara pakainya sama dengan tabel."),
    "rujuk": Word('{{ rujuk("capaian") }}', "Sebutan tabel atau gambar yang bernomor dengan kunci itu, misalnya Tabel 3.1; ikut berubah bila nomornya berubah."),
    "namespace": Word("{% set hitung = namespace(ada=false) %}", "Wadah nilai yang dapat diubah dari dalam perulangan; jarang diperlukan."),
    "daftar_isi": Word("{{ daftar_isi() }}", "Daftar isi menurut judul bab dan subbab."),
    "daftar_tabel": Word("{{ daftar_tabel() }}", "Daftar semua tabel yang bernomor."),
    "daftar_gambar": Word("{{ daftar_gambar() }}", "Daftar semua gambar yang bernomor."),
}  # fmt: skip
"""By name; of these the ones are listed that templates can call."""

FILTER_WORDS: Mapping[str, Word] = {
    "bilang": Word("{{ ringkasan.jumlah_desa|bilang }}", "Bilangan beserta ejaannya."),
    "daftar": Word("{{ ringkasan.indikator_belum|daftar }}", "Butir-butir dalam satu kalimat: A, B, dan C."),
    "kutip": Word("{{ tugas_fungsi|kutip|daftar }}", "Setiap butir di antara tanda kutip."),
    "kapital": Word("{{ identitas.kecamatan|kapital }}", "Semuanya huruf kapital."),
    "kalimat": Word('{{ "nihil"|kalimat }}', "Huruf pertama kapital, selebihnya tetap."),
    "batch": Word("{% for baris in kegiatan|batch(2) %}", "Daftar dipotong menjadi kelompok beberapa butir, misalnya dua foto sebaris."),
    "capitalize": Word("{{ identitas.nama_camat|capitalize }}", "Huruf pertama kapital, selebihnya kecil."),
    "count": Word("{{ kegiatan|count }}", "Banyaknya butir; sama dengan length."),
    "first": Word("{{ tugas_fungsi|first }}", "Butir pertama."),
    "join": Word('{{ tugas_fungsi|join("; ") }}', "Butir-butir dengan pemisah yang disebut."),
    "last": Word("{{ tugas_fungsi|last }}", "Butir terakhir."),
    "length": Word("{{ indikator|length }}", "Banyaknya butir daftar, atau banyaknya huruf teks."),
    "list": Word("{{ tugas_fungsi|list|daftar }}", "Daftar sebagaimana adanya; diperlukan sesudah beberapa penyaring lain."),
    "lower": Word("{{ identitas.kecamatan|lower }}", "Semuanya huruf kecil."),
    "map": Word('{{ indikator|map(attribute="nama")|daftar }}', "Satu bagian dari setiap butir."),
    "reject": Word("{% for x in tugas_fungsi|reject %}", "Butir-butir yang kosong."),
    "rejectattr": Word('{{ indikator|rejectattr("tercapai")|list|length }}', "Butir-butir yang bagian itu tidak benar."),
    "reverse": Word("{% for i in indikator|reverse %}", "Butir-butir dari belakang."),
    "select": Word("{% for x in tugas_fungsi|select %}", "Butir-butir yang tidak kosong."),
    "selectattr": Word('{{ indikator|selectattr("tercapai")|list|length }}', "Butir-butir yang bagian itu benar."),
    "sort": Word('{{ kegiatan|sort(attribute="nama")|map(attribute="nama")|daftar }}', "Butir-butir menurut abjad."),
    "title": Word("{{ identitas.nama_camat|title }}", "Huruf pertama setiap kata kapital."),
    "trim": Word("{{ identitas.kecamatan|trim }}", "Tanpa spasi di depan dan di belakang."),
    "unique": Word('{{ program|map(attribute="sumber_dana")|unique|daftar }}', "Butir-butir yang berbeda, masing-masing sekali."),
    "upper": Word("{{ identitas.kecamatan|upper }}", "Semuanya huruf kapital; sama dengan kapital."),
}  # fmt: skip
"""By name."""
