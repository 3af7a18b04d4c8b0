"""``lkt new``: blank workbooks for one kecamatan or a whole kabupaten, and the one of the next quarter."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from lkt import areas
from lkt.errors import LktError, OutputError
from lkt.files import is_there, read_file, require_free, require_suffix, why, write_output
from lkt.indicators import compute
from lkt.indonesian import (
    KINDS_OF_DAERAH,
    KINDS_OF_KECAMATAN,
    join_and,
    kind_before,
    proper_name,
    squeeze,
)
from lkt.model import Terms, usual_terms
from lkt.workbook.carry import Carried, carry_over
from lkt.workbook.live_formulas import derived_values
from lkt.workbook.opening import grids_of, read_bytes
from lkt.workbook.reader import read_grids
from lkt.workbook.roster import Kecamatan, digits, listed, read_roster
from lkt.workbook.writer import Contents, Row, write_workbook

# The ways of ``lkt new`` ----------------------------------------------------------------------------------

_WAYS = (
    "Buku kerja kosong: --kecamatan, --tahun, dan --triwulan. Triwulan berikutnya: --from BUKU-KERJA. "
    "Semua kecamatan: --kabupaten atau --roster DAFTAR.csv dengan --tahun dan --triwulan."
)


def require_options(given: Mapping[str, object], *, carried: bool) -> None:
    """Refuse options that are missing or make no sense for one of the ways of making workbooks.

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
    elif given["kabupaten"] and not given["kecamatan"]:
        way, needed = "--kabupaten tanpa --kecamatan", ["tahun", "triwulan"]
        extra = [name for name in named if name in {"kode", "desa"}]
    if extra:
        raise LktError(f"{_options(extra)} tidak dapat dipakai bersama {way}.", _WAYS)
    if missing := [name for name in needed if name not in named]:
        raise LktError(f"Opsi {_options(missing)} belum disebutkan.", _WAYS)


def _options(names: Sequence[str]) -> str:
    return join_and([f"--{name}" for name in names])


def write_blank(  # noqa: PLR0913
    target: Path,
    kecamatan: str,
    tahun: int,
    triwulan: int,
    *,
    force: bool,
    kabupaten: str = "",
    kode: str = "",
    desa: Sequence[str] = (),
) -> Kecamatan | None:
    """Write a blank workbook with all that the official list of areas knows of the kecamatan.

    What is given goes before the list. Returns the kecamatan of the list; None where it is not on it.

    Raises:
        LktError: the name of the kecamatan is blank, or several have it.
        OutputError: the file is no .xlsx, cannot be written, or is there already without ``force``.
    """
    require_suffix(target, ".xlsx")
    known = _on_the_list(squeeze(kecamatan), squeeze(kabupaten), kode)
    if known is None:
        book = new_workbook(kecamatan, tahun, triwulan, kabupaten=kabupaten, kode=kode, desa=desa)
    else:
        book = roster_workbook(replace(known, desa=_coded(desa) or known.desa), tahun, triwulan)
    write_output(target, book, replace=force)
    return known


def _on_the_list(kecamatan: str, kabupaten: str, kode: str) -> Kecamatan | None:
    """The kecamatan on the official list of areas; None where it is not there.

    Raises:
        LktError: several have the name.
    """
    found = areas.find(kecamatan, kabupaten) if kecamatan else ()
    found = tuple(each for each in found if not kode or digits(each.code) == digits(kode))
    if len(found) > 1:
        named = [f"{each.region} ({each.code})" for each in found]
        raise LktError(
            f"Ada {len(found)} kecamatan bernama {found[0].name}: {join_and(named)}.",
            f'Sebutkan juga kabupatennya, misalnya --kabupaten "{found[0].region}"; '
            "bila masih ada beberapa, juga --kode.",
        )
    return listed(found[0]) if found else None


def meant(kecamatan: str, kabupaten: str) -> str:
    """The kecamatan of the list that a misspelt name most likely means; empty where none is near."""
    near = areas.slip(kecamatan, areas.in_region(squeeze(kabupaten)), lambda each: each.name)
    return f"{near.name}, {near.region}" if near else ""


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
    every = []
    for each in read_roster(read_file(roster), str(roster)):
        known = areas.find(each.kode)
        area, terms = (known[0].region.name, listed(known[0]).terms) if known else ("", each.terms)
        if kabupaten:
            area = proper_name(squeeze(kabupaten), KINDS_OF_DAERAH)
        every.append(replace(each, kabupaten=area, terms=terms))
    return _write_each(folder, every, tahun, triwulan, force=force)


def write_kabupaten(folder: Path, *, kabupaten: str, tahun: int, triwulan: int, force: bool) -> list[Made]:
    """Write one blank workbook for each kecamatan of a kabupaten or kota by the official list of areas.

    Raises:
        LktError: no kabupaten or kota has the name, or both have it.
        OutputError: the folder or a file cannot be written.
    """
    if folder.suffix.lower() == ".xlsx":
        raise LktError(
            f"“{folder}” adalah nama berkas, padahal --kabupaten membuat buku kerja semua kecamatannya.",
            "Sebutkan nama folder, atau --kecamatan untuk satu kecamatan.",
        )
    found = areas.regions(squeeze(kabupaten))
    if not found:
        near = areas.slip(kabupaten, areas.regions(), str)
        raise LktError(
            f"“{kabupaten}” tidak ada pada daftar wilayah.",
            f"Maksud Anda {near}?" if near else "Sebutkan nama kabupaten atau kota, atau pakai --roster.",
        )
    if len(found) > 1:
        raise LktError(
            f"{found[0].name} adalah nama {join_and(list(map(str, found)))}.",
            f'Sebutkan salah satunya, misalnya --kabupaten "{found[0]}"',
        )
    every = list(map(listed, areas.in_region(found[0].code)))
    return _write_each(folder, every, tahun, triwulan, force=force)


def _write_each(
    folder: Path, every: Sequence[Kecamatan], tahun: int, triwulan: int, *, force: bool
) -> list[Made]:
    _make_folder(folder)
    made = []
    for name, kecamatan in zip(file_names(every, tahun, triwulan), every, strict=True):
        path = folder / name
        wanted = force or not path.exists()
        if wanted:
            write_output(path, roster_workbook(kecamatan, tahun, triwulan), replace=force)
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
    name, area = squeeze(kecamatan), squeeze(kabupaten)
    office = Kecamatan(
        squeeze(kode),
        proper_name(name, KINDS_OF_KECAMATAN),
        _coded(desa),
        kabupaten=proper_name(area, KINDS_OF_DAERAH),
        terms=usual_terms(kind_before(name, KINDS_OF_KECAMATAN), kind_before(area, KINDS_OF_DAERAH)),
    )
    return roster_workbook(office, tahun, triwulan)


def _coded(desa: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Code and name of each desa; the code is empty where none stands before the name."""
    found = [(re.fullmatch(r"([\d.]{5,}) (.+)", text), text) for text in map(squeeze, desa)]
    pairs = [(coded[1], coded[2]) if coded else ("", text) for coded, text in found]
    return tuple((code, proper_name(name, ("Desa",))) for code, name in pairs)


def roster_workbook(kecamatan: Kecamatan, tahun: int, triwulan: int) -> bytes:
    """The blank workbook of a kecamatan of a list."""
    return filled_workbook(new_contents(kecamatan, tahun, triwulan))


def filled_workbook(contents: Contents, *, spare: bool = True) -> bytes:
    """A standard workbook of the contents, as a .xlsx file.

    It is written twice: the first is read and worked out, so that the formulas of the second carry their
    values and a viewer that does not calculate shows figures too.
    """
    first = read_grids(grids_of(write_workbook(contents, spare=spare)))
    return write_workbook(contents, derived_values(first, compute(first)), spare=spare)


# What a new workbook already knows: a start that the office adapts, nothing of one kabupaten --------------

# Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah, Pasal 225, in our own wording; in braces what
# the area calls it.
_DUTIES = (
    "Menyelenggarakan urusan pemerintahan umum di wilayah {kecamatan}",
    "Mengoordinasikan kegiatan pemberdayaan masyarakat",
    "Mengoordinasikan upaya menjaga ketenteraman dan ketertiban umum",
    "Mengoordinasikan penerapan dan penegakan Peraturan Daerah dan Peraturan Kepala Daerah",
    "Mengoordinasikan pemeliharaan prasarana dan sarana pelayanan umum",
    "Mengoordinasikan kegiatan pemerintahan yang dilaksanakan perangkat daerah di {kecamatan}",
    "Membina dan mengawasi penyelenggaraan kegiatan {desa}",
    "Melaksanakan urusan pemerintahan {daerah} yang tidak dilaksanakan oleh unit kerja lain di {kecamatan}",
    "Melaksanakan sebagian kewenangan {kepala} yang dilimpahkan kepada {camat}",
    "Melaksanakan tugas lain menurut ketentuan peraturan perundang-undangan",
)

# Peraturan Menteri Dalam Negeri Nomor 90 Tahun 2019, unsur kewilayahan; spelled as in its annex.
PROGRAMS = (
    ("7.01.01", "Program Penunjang Urusan Pemerintahan Daerah Kabupaten/Kota"),
    ("7.01.02", "Program Penyelenggaraan Pemerintahan dan Pelayanan Publik"),
    ("7.01.03", "Program Pemberdayaan Masyarakat Desa dan Kelurahan"),
    ("7.01.04", "Program Koordinasi Ketentraman dan Ketertiban Umum"),
    ("7.01.05", "Program Penyelenggaraan Urusan Pemerintahan Umum"),
    ("7.01.06", "Program Pembinaan dan Pengawasan Pemerintahan Desa"),
)
_OF_DESA = "7.01.06"

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


def new_contents(kecamatan: Kecamatan, tahun: int, triwulan: int) -> Contents:
    """The contents of a new workbook.

    Args:
        kecamatan: all that is known of it; where there are kelurahan only, no village documents are asked.
        tahun: the year reported on.
        triwulan: 1 to 4.
    """
    name, area, terms = kecamatan.nama, kecamatan.kabupaten, kecamatan.terms
    kelurahan_only = terms.desa == "Kelurahan"
    none = terms.desa != "Desa" and kecamatan.desa and not kecamatan.kelurahan
    known: dict[str, str | int] = {
        "Kabupaten": area,
        "Kecamatan": name,
        "Kode Kecamatan": kecamatan.kode,
        "Tahun": tahun,
        "Triwulan": triwulan,
        "Tempat": name,
        "Jabatan": f"{terms.camat} {name}" if name else "",
        "Pemberi Amanah": f"{terms.kepala_daerah} {area}" if area else "",
        "Jenis Daerah": terms.daerah,
        "Sebutan Kecamatan": terms.kecamatan,
        "Sebutan Camat": terms.camat,
        "Sebutan Desa": terms.desa,
    }
    words = {
        "kecamatan": terms.kecamatan.lower(),
        "desa": terms.desa.lower() if kelurahan_only or none else f"{terms.desa.lower()} dan kelurahan",
        "daerah": terms.daerah.lower(),
        "kepala": terms.kepala_daerah,
        "camat": terms.camat,
    }
    duties = [duty.format_map(words) for duty in _DUTIES]
    programs = [row for row in PROGRAMS if row[0] != _OF_DESA or not kelurahan_only]
    return {
        "Identitas": [{"Isian": label, "Nilai": value} for label, value in known.items()],
        "Tugas Fungsi": [{"No": number, "Uraian": duty} for number, duty in enumerate(duties, 1)],
        "Anggaran": [{"Kode": code, "Program": program} for code, program in programs],
        "Dokumen": [] if kelurahan_only else _documents(tahun, terms),
        "Desa": [{"Kode": code, "Desa": village} for code, village in kecamatan.desa],
        "Skala": [*_scale("nilai", _SCALE), *_scale("capaian", _SCALE_OF_CAPAIAN)],
    }


def _scale(rated: str, grades: Sequence[tuple[str, int]]) -> list[Row]:
    return [{"Predikat": grade, "Batas Bawah": bound, "Untuk": rated} for grade, bound in grades]


def _documents(year: int, terms: Terms) -> list[Row]:
    """The village documents whose deadline lies in the year; that of a kampung is an RKP Kampung."""
    desa = terms.desa
    rkp, apb, lpp = (f"{name}{'' if desa == 'Desa' else ' '}{desa}" for name in ("RKP", "APB", "LPP"))
    headings = ("Dokumen", "Tahun Anggaran", "Batas Waktu", "Jenis Tanggal", "Dasar Hukum", "Uraian")
    rows = (
        (
            rkp,
            year + 1,
            date(year, 9, 30),
            "penetapan",
            f"{_MINISTER} Nomor 114 Tahun 2014 tentang Pedoman Pembangunan Desa",
            (
                f"{rkp} tepat waktu apabila ditetapkan dengan Peraturan {desa} paling lambat akhir bulan "
                "September sebelum tahun anggarannya."
            ),
        ),
        (
            apb,
            year + 1,
            date(year, 12, 31),
            "penetapan",
            f"{_MINISTER} Nomor 20 Tahun 2018 tentang Pengelolaan Keuangan Desa",
            (
                f"{apb} tepat waktu apabila ditetapkan dengan Peraturan {desa} paling lambat tanggal 31 "
                "Desember sebelum tahun anggarannya."
            ),
        ),
        (
            lpp,
            year - 1,
            date(year, 3, 31),
            "penyampaian",
            f"{_MINISTER} Nomor 46 Tahun 2016 tentang Laporan Kepala Desa",
            (
                f"{lpp} tepat waktu apabila disampaikan secara tertulis kepada {terms.kepala_daerah} "
                f"melalui {terms.camat} paling lambat tiga bulan setelah tahun anggaran berakhir."
            ),
        ),
    )
    return [dict(zip(headings, row, strict=True)) for row in rows]
