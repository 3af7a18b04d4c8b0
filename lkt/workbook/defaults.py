"""What a new workbook already knows: the usual duties, programmes, documents and scale.

All of it is a start that the office adapts; nothing of one kabupaten stands here.
"""

from collections.abc import Sequence
from datetime import date

from lkt.workbook.writer import Contents, Row, Value

# Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah, Pasal 225, in our own wording.
_DUTIES = (
    "Menyelenggarakan urusan pemerintahan umum di wilayah kecamatan",
    "Mengoordinasikan kegiatan pemberdayaan masyarakat",
    "Mengoordinasikan upaya menjaga ketenteraman dan ketertiban umum",
    "Mengoordinasikan penerapan dan penegakan Peraturan Daerah dan Peraturan Kepala Daerah",
    "Mengoordinasikan pemeliharaan prasarana dan sarana pelayanan umum",
    "Mengoordinasikan kegiatan pemerintahan yang dilaksanakan perangkat daerah di kecamatan",
    "Membina dan mengawasi penyelenggaraan kegiatan desa dan kelurahan",
    "Melaksanakan urusan pemerintahan kabupaten yang tidak dilaksanakan oleh unit kerja lain di kecamatan",
    "Melaksanakan sebagian kewenangan Bupati yang dilimpahkan kepada Camat",
    "Melaksanakan tugas lain menurut ketentuan peraturan perundang-undangan",
)

# Peraturan Menteri Dalam Negeri Nomor 90 Tahun 2019, unsur kewilayahan; spelled as in its annex.
_PROGRAMS = (
    ("7.01.01", "Program Penunjang Urusan Pemerintahan Daerah Kabupaten/Kota"),
    ("7.01.02", "Program Penyelenggaraan Pemerintahan dan Pelayanan Publik"),
    ("7.01.03", "Program Pemberdayaan Masyarakat Desa dan Kelurahan"),
    ("7.01.04", "Program Koordinasi Ketentraman dan Ketertiban Umum"),
    ("7.01.05", "Program Penyelenggaraan Urusan Pemerintahan Umum"),
    ("7.01.06", "Program Pembinaan dan Pengawasan Pemerintahan Desa"),
)

_MINISTER = "Peraturan Menteri Dalam Negeri"
# Peraturan Menteri PANRB Nomor 88 Tahun 2021: predikat of SAKIP.
_SCALE = (("AA", 90), ("A", 80), ("BB", 70), ("B", 60), ("CC", 50), ("C", 30), ("D", 0))
# Peraturan Menteri Dalam Negeri Nomor 86 Tahun 2017: scale of capaian kinerja.
_SCALE_OF_CAPAIAN = (
    ("Sangat Tinggi", 91),
    ("Tinggi", 76),
    ("Sedang", 66),
    ("Rendah", 51),
    ("Sangat Rendah", 0),
)


def new_contents(
    kecamatan: str,
    tahun: int,
    triwulan: int,
    *,
    kabupaten: str = "",
    kode: str = "",
    desa: Sequence[tuple[str, str]] = (),
) -> Contents:
    """The contents of a new workbook.

    Args:
        kecamatan: its name without the word Kecamatan.
        tahun: the year reported on.
        triwulan: 1 to 4.
        kabupaten: its name without the word Kabupaten.
        kode: the code of the kecamatan.
        desa: code and name of each desa.
    """
    known: dict[str, Value] = {
        "Kabupaten": kabupaten,
        "Kecamatan": kecamatan,
        "Kode Kecamatan": kode,
        "Tahun": tahun,
        "Triwulan": triwulan,
        "Tempat": kecamatan,
        "Jabatan": f"Camat {kecamatan}" if kecamatan else "",
        "Pemberi Amanah": f"Bupati {kabupaten}" if kabupaten else "",
    }
    return {
        "Identitas": [{"Isian": label, "Nilai": value} for label, value in known.items()],
        "Tugas Fungsi": [{"No": number, "Uraian": duty} for number, duty in enumerate(_DUTIES, 1)],
        "Anggaran": [{"Kode": code, "Program": name} for code, name in _PROGRAMS],
        "Dokumen": _documents(tahun),
        "Desa": [{"Kode": code, "Desa": name} for code, name in desa],
        "Skala": [*_scale("nilai", _SCALE), *_scale("capaian", _SCALE_OF_CAPAIAN)],
    }


def _scale(rated: str, grades: Sequence[tuple[str, int]]) -> list[Row]:
    return [{"Predikat": grade, "Batas Bawah": bound, "Untuk": rated} for grade, bound in grades]


def _documents(year: int) -> list[Row]:
    """The village documents whose deadline lies in the year."""
    return [
        {
            "Dokumen": "RKPDesa",
            "Tahun Anggaran": year + 1,
            "Batas Waktu": date(year, 9, 30),
            "Jenis Tanggal": "penetapan",
            "Dasar Hukum": f"{_MINISTER} Nomor 114 Tahun 2014 tentang Pedoman Pembangunan Desa",
            "Uraian": (
                "RKPDesa tepat waktu apabila ditetapkan dengan Peraturan Desa paling lambat akhir bulan "
                "September sebelum tahun anggarannya."
            ),
        },
        {
            "Dokumen": "APBDesa",
            "Tahun Anggaran": year + 1,
            "Batas Waktu": date(year, 12, 31),
            "Jenis Tanggal": "penetapan",
            "Dasar Hukum": f"{_MINISTER} Nomor 20 Tahun 2018 tentang Pengelolaan Keuangan Desa",
            "Uraian": (
                "APBDesa tepat waktu apabila ditetapkan dengan Peraturan Desa paling lambat tanggal "
                "31 Desember sebelum tahun anggarannya."
            ),
        },
        {
            "Dokumen": "LPPDesa",
            "Tahun Anggaran": year - 1,
            "Batas Waktu": date(year, 3, 31),
            "Jenis Tanggal": "penyampaian",
            "Dasar Hukum": f"{_MINISTER} Nomor 46 Tahun 2016 tentang Laporan Kepala Desa",
            "Uraian": (
                "LPPDesa tepat waktu apabila disampaikan secara tertulis oleh Kepala Desa kepada Bupati "
                "melalui Camat paling lambat tiga bulan setelah tahun anggaran berakhir."
            ),
        },
    ]
