"""``lkt new``: blank workbooks for one kecamatan or a whole kabupaten, and the one of the next quarter."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from lkt.errors import LktError, OutputError
from lkt.files import is_there, read_file, require_free, require_suffix, why, write_output
from lkt.indicators import compute
from lkt.indonesian import join_and, proper_name, squeeze
from lkt.workbook.carry import Carried, carry_over
from lkt.workbook.live_formulas import derived_values
from lkt.workbook.opening import grids_of, read_bytes
from lkt.workbook.reader import read_grids
from lkt.workbook.roster import Kecamatan, digits, read_roster
from lkt.workbook.writer import Contents, Row, write_workbook

# The three ways of ``lkt new`` ----------------------------------------------------------------------------

_WAYS = (
    "Buku kerja kosong: --kecamatan, --tahun, dan --triwulan. Triwulan berikutnya: --from BUKU-KERJA. "
    "Semua kecamatan: --roster DAFTAR.csv dengan --tahun dan --triwulan."
)


def require_options(given: Mapping[str, object], *, carried: bool) -> None:
    """Refuse options that are missing or make no sense for one of the three ways of making a workbook.

    Args:
        given: option -> its value, for all but --from and --force.
        carried: whether --from is given.

    Raises:
        LktError: an option is missing, or one too many is given.
    """
    named = [option for option, value in given.items() if value]
    way, needed, extra = "", ["kecamatan", "tahun", "triwulan"], list[str]()
    if carried:
        way, needed, extra = "--from", [], named
    elif given["roster"]:
        way, needed = "--roster", ["tahun", "triwulan"]
        extra = [name for name in named if name in {"kecamatan", "kode", "desa"}]
    if extra:
        raise LktError(f"{_options(extra)} tidak dapat dipakai bersama {way}.", _WAYS)
    if missing := [name for name in needed if name not in named]:
        raise LktError(f"Opsi {_options(missing)} belum disebutkan.", _WAYS)


def _options(names: Sequence[str]) -> str:
    return join_and([f"--{name}" for name in names])


def write_blank(
    target: Path, kecamatan: str, tahun: int, triwulan: int, *, force: bool, **known: Any
) -> None:
    """Write a blank workbook; ``known`` is what ``new_workbook`` takes besides.

    Raises:
        LktError: the name of the kecamatan is blank.
        OutputError: the file is no .xlsx, cannot be written, or is there already without ``force``.
    """
    require_suffix(target, ".xlsx")
    write_output(target, new_workbook(kecamatan, tahun, triwulan, **known), replace=force)


def write_next(target: Path, source: Path, *, force: bool) -> Carried:
    """Write the workbook of the quarter after ``source``.

    Raises:
        UnreadableWorkbookError: ``source`` cannot be read.
        LktError: its quarter is not known, or the target is the very same file.
        OutputError: the target cannot be written, or is there already without ``force``.
    """
    require_suffix(target, ".xlsx")
    data = read_bytes(source)
    if is_there(target) and target.samefile(source):
        raise LktError(
            f"“{target}” adalah buku kerja asalnya sendiri.", "Pakai nama lain untuk triwulan berikutnya."
        )
    require_free(target, replace=force)
    book, carried = carry_over(data, source)
    write_output(target, book, replace=force)
    return carried


@dataclass(frozen=True, slots=True)
class Made:
    """The workbook of one kecamatan.

    Attributes:
        path: the file.
        kecamatan: whose it is.
        written: false where a file was there already and stays.
    """

    path: Path
    kecamatan: Kecamatan
    written: bool


def write_roster(
    folder: Path, roster: Path, *, kabupaten: str, tahun: int, triwulan: int, force: bool
) -> list[Made]:
    """Write one blank workbook for each kecamatan of a list; nothing where a line of the list is wrong.

    Raises:
        RosterError: the list has mistakes.
        LktError: it cannot be read.
        OutputError: the folder or a file cannot be written.
    """
    every = read_roster(read_file(roster), str(roster))
    _make_folder(folder)
    made = []
    for name, kecamatan in zip(file_names(every, tahun, triwulan), every, strict=True):
        path = folder / name
        wanted = force or not path.exists()
        if wanted:
            write_output(path, roster_workbook(kecamatan, tahun, triwulan, kabupaten), replace=force)
        made.append(Made(path, kecamatan, wanted))
    return made


def file_names(every: Sequence[Kecamatan], tahun: int, triwulan: int) -> tuple[str, ...]:
    """A safe file name for each kecamatan: ``senduro-2024-tw1.xlsx``; with its code where two are alike."""
    stems = [_slug(each.nama) or _slug(each.kode) for each in every]
    names = []
    for number, (stem, each) in enumerate(zip(stems, every, strict=True), 1):
        mark = "" if stems.count(stem) == 1 else f"-{digits(each.kode) or number}"
        names.append(f"{stem}{mark}-{tahun}-tw{triwulan}.xlsx")
    return tuple(names)


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    return "-".join(re.findall("[a-z0-9]+", plain.replace("'", "")))


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(exist_ok=True)
    except FileExistsError:
        raise OutputError(f"“{folder}” bukan folder.", "Sebutkan folder untuk buku kerja itu.") from None
    except FileNotFoundError:
        raise OutputError(f"Folder “{folder.parent}” tidak ada.", "Buat foldernya dahulu.") from None
    except OSError as error:
        raise OutputError(f"Folder “{folder}” tidak dapat dibuat: {why(error)}.") from None


# A blank workbook as bytes --------------------------------------------------------------------------------


def new_workbook(
    kecamatan: str,
    tahun: int,
    triwulan: int,
    *,
    kabupaten: str = "",
    kode: str = "",
    desa: Sequence[str] = (),
) -> bytes:
    """A blank workbook for one kecamatan and quarter, as a .xlsx file.

    Args:
        kecamatan: its name, with or without the word Kecamatan.
        tahun: the year.
        triwulan: 1 to 4.
        kabupaten: name of the kabupaten; may be empty.
        kode: code of the kecamatan; may be empty.
        desa: the names of its desa, each with its code before it where known: ``11.01.01.2001 Sukamaju``.

    Raises:
        LktError: the name of the kecamatan is blank.
    """
    if not squeeze(kecamatan):
        raise LktError("Nama kecamatan kosong.", "Sebutkan namanya: --kecamatan NAMA")
    kecamatan = proper_name(squeeze(kecamatan), "Kecamatan")
    kabupaten = proper_name(squeeze(kabupaten), "Kabupaten")
    roster = []
    for text in map(squeeze, desa):
        coded = re.fullmatch(r"([\d.]{5,}) (.+)", text)
        code, name = (coded[1], coded[2]) if coded else ("", text)
        roster.append((code, proper_name(name, "Desa")))
    return filled_workbook(
        new_contents(kecamatan, tahun, triwulan, kabupaten=kabupaten, kode=squeeze(kode), desa=roster)
    )


def roster_workbook(kecamatan: Kecamatan, tahun: int, triwulan: int, kabupaten: str = "") -> bytes:
    """The blank workbook of a kecamatan of a list; its kelurahan make no village documents."""
    kabupaten = proper_name(squeeze(kabupaten), "Kabupaten")
    return filled_workbook(
        new_contents(
            kecamatan.nama, tahun, triwulan, kabupaten=kabupaten, kode=kecamatan.kode, desa=kecamatan.desa
        )
    )


def filled_workbook(contents: Contents, *, spare: bool = True) -> bytes:
    """A standard workbook of the contents, as a .xlsx file.

    It is written twice: the first is read and worked out, so that the formulas of the second carry their
    values and a viewer that does not calculate shows figures too.
    """
    first = read_grids(grids_of(write_workbook(contents, spare=spare)))
    return write_workbook(contents, derived_values(first, compute(first)), spare=spare)


# What a new workbook already knows: a start that the office adapts, nothing of one kabupaten --------------

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
    known: dict[str, str | int] = {
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
    headings = ("Dokumen", "Tahun Anggaran", "Batas Waktu", "Jenis Tanggal", "Dasar Hukum", "Uraian")
    rows = (
        (
            "RKPDesa",
            year + 1,
            date(year, 9, 30),
            "penetapan",
            f"{_MINISTER} Nomor 114 Tahun 2014 tentang Pedoman Pembangunan Desa",
            (
                "RKPDesa tepat waktu apabila ditetapkan dengan Peraturan Desa paling lambat akhir bulan "
                "September sebelum tahun anggarannya."
            ),
        ),
        (
            "APBDesa",
            year + 1,
            date(year, 12, 31),
            "penetapan",
            f"{_MINISTER} Nomor 20 Tahun 2018 tentang Pengelolaan Keuangan Desa",
            (
                "APBDesa tepat waktu apabila ditetapkan dengan Peraturan Desa paling lambat tanggal 31 "
                "Desember sebelum tahun anggarannya."
            ),
        ),
        (
            "LPPDesa",
            year - 1,
            date(year, 3, 31),
            "penyampaian",
            f"{_MINISTER} Nomor 46 Tahun 2016 tentang Laporan Kepala Desa",
            (
                "LPPDesa tepat waktu apabila disampaikan secara tertulis oleh Kepala Desa kepada Bupati "
                "melalui Camat paling lambat tiga bulan setelah tahun anggaran berakhir."
            ),
        ),
    )
    return [dict(zip(headings, row, strict=True)) for row in rows]
