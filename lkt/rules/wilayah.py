"""W: sheets Identitas and Desa beside the official list of areas (``lkt.areas``).

Areas are split, joined and renamed, so an office may accept any of these. An office that is on no list is not
compared.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lkt.areas import Village, bare, homes, slip
from lkt.figures import Case
from lkt.findings import Finding
from lkt.indonesian import bare_name
from lkt.model import Desa
from lkt.rules.base import WARNING, rule
from lkt.rules.helpers import desa_named, label, listing, quote, sheet_ref, tell
from lkt.rules.pairing import digits

_OFFICE = "identitas.kabupaten identitas.kecamatan identitas.kode_kecamatan identitas.jenis_daerah"
_ROSTER = f"{_OFFICE} desa.desa desa.kode"


@dataclass(frozen=True, slots=True)
class _Matched:
    """The roster beside the list.

    Attributes:
        pairs: each row that is on the list, by its name, its code, or a slip of a name, and its village.
        unknown: the rows that are not.
        missing: the desa of the list that no row is.
    """

    pairs: list[tuple[Desa, Village]] = field(default_factory=list)
    unknown: list[Desa] = field(default_factory=list)
    missing: list[Village] = field(default_factory=list)


def _matched(case: Case) -> _Matched:
    """Nothing where the office is on no list, has no roster, or has one that cannot be read."""
    listed, roster = case.listed, [row for row in case.dataset.desa if row.desa.value]
    unread = any(row.desa.broken or row.kode.broken for row in case.dataset.desa)
    if listed is None or not listed.villages or not roster or unread:
        return _Matched()
    left = {each.code: each for each in listed.villages}
    found: dict[int, Village] = {}
    by_name = {bare(each.name): each for each in listed.villages}
    by_code = {each.digits: each for each in listed.villages}
    for kinds in ((), (case.dataset.identitas.terms.desa,)):
        names = {
            row.row: bare_name(row.desa.value or "", kinds) if kinds else row.desa.value or ""
            for row in roster
        }
        _take(found, left, {row: by_name.get(bare(name)) for row, name in names.items()})
    _take(found, left, {row.row: by_code.get(digits(row.kode) or "") for row in roster})
    for row in roster:
        if row.row not in found:
            _take(found, left, {row.row: slip(row.desa.value or "", left.values(), lambda each: each.name)})
    return _Matched(
        [(row, found[row.row]) for row in roster if row.row in found],
        [row for row in roster if row.row not in found],
        [each for each in left.values() if not each.is_kelurahan],
    )


def _take(found: dict[int, Village], left: dict[str, Village], guesses: Mapping[int, Village | None]) -> None:
    """Pair rows with villages of which neither is paired yet."""
    for row, village in guesses.items():
        if village is not None and row not in found and village.code in left:
            found[row] = left.pop(village.code)


@rule("W101", WARNING, reads=_OFFICE)
def code_of_another(case: Case) -> Iterator[Finding]:
    """Kode Kecamatan lain dari daftar wilayah

    Mengapa: Kode menentukan kecamatan mana yang dilaporkan; rekap kabupaten mencocokkan buku kerja menurut
        kodenya.
    Perbaikan: Isi Kode Kecamatan menurut daftar wilayah, atau betulkan nama Kecamatan. Bila wilayahnya memang
        sudah berubah, catat pada lembar Pengecualian.
    Dasar: Peraturan Menteri Dalam Negeri Nomor 58 Tahun 2021 tentang Kode, Data Wilayah Administrasi
        Pemerintahan, dan Pulau
    """
    identitas, listed = case.dataset.identitas, case.listed
    code = identitas.kode_kecamatan
    if listed is None or not (code.value and identitas.kabupaten.value and identitas.kecamatan.value):
        return
    named, coded = listed.named, listed.coded
    if named is None or digits(code) != named.digits:
        of_code = f"adalah kode {coded}" if coded else "tidak ada pada daftar wilayah"
        own = f"{named} berkode {named.code}" if named else f"{identitas.kecamatan} tidak ada pada daftar itu"
        message = f"Kode {code} {of_code}, sedangkan {own}."
        yield tell(message, code, identitas.kecamatan, expected=named.code if named else "")


@rule("W102", WARNING, reads=_OFFICE)
def name_of_none(case: Case) -> Iterator[Finding]:
    """Nama wilayah lain dari daftar wilayah

    Mengapa: Nama kabupaten dan kecamatan tercetak pada sampul dan di seluruh laporan.
    Perbaikan: Samakan ejaannya dengan daftar wilayah. Bila namanya memang sudah berubah, catat pada lembar
        Pengecualian.
    """
    identitas, named = case.dataset.identitas, case.listed.named if case.listed else None
    if named is None:
        return
    for cell, right in ((identitas.kabupaten, named.region.name), (identitas.kecamatan, named.name)):
        if cell.value and bare(cell.value) != bare(right):
            message = f"{quote(cell.value)} tidak ada pada daftar wilayah. Maksud Anda {right}?"
            yield tell(message, cell, expected=right)


@rule("W103", WARNING, reads=_ROSTER)
def desa_left_out(case: Case) -> Iterator[Finding]:
    """Desa pada daftar wilayah belum tercantum

    Mengapa: Desa yang terlewat tidak ikut dihitung, sehingga penyebut dan capaian dokumen desa keliru.
    Perbaikan: Tambahkan desanya pada lembar Desa, walaupun dokumennya belum ada. Bila desanya memang tidak
        ada lagi, catat pada lembar Pengecualian dengan sel Desa.
    """
    missing = _matched(case).missing
    if missing and case.listed and "Desa" in case.dataset.sheets:
        kind = case.dataset.identitas.terms.desa
        names = listing([f"{kind} {each.name} ({each.code})" for each in missing])
        message = f"Belum tercantum, padahal ada pada daftar wilayah {case.listed.named}: {names}."
        yield tell(message, sheet_ref(case.dataset, "Desa"))


@rule("W104", WARNING, reads=_ROSTER)
def desa_unlisted(case: Case) -> Iterator[Finding]:
    """Nama desa lain dari daftar wilayah

    Mengapa: Nama desa yang salah ejaan tercetak dalam laporan; desa yang tidak ada pada daftar mungkin desa
        kecamatan lain.
    Perbaikan: Samakan ejaannya dengan daftar wilayah. Bila namanya memang berbeda, catat pada lembar
        Pengecualian.
    """
    matched = _matched(case)
    for row, village in matched.pairs:
        if bare(row.desa.value or "") != bare(village.name):
            message = f"{label(row)}: menurut daftar wilayah bernama {village.name} ({village.code})."
            yield tell(message, row.desa, expected=village.name)
    if matched.unknown and case.listed:
        names = listing([label(row) for row in matched.unknown])
        message = f"Tidak ada pada daftar wilayah {case.listed.named}: {names}."
        yield tell(message, *(row.desa for row in matched.unknown))


@rule("W105", WARNING, reads=_ROSTER)
def desa_coded_otherwise(case: Case) -> Iterator[Finding]:
    """Kode desa lain dari daftar wilayah

    Mengapa: Kode desa dipakai untuk mencocokkan desa dengan triwulan lalu dan dengan aplikasi lain.
    Perbaikan: Salin kodenya dari daftar wilayah. Bila kodenya memang sudah berubah, catat pada lembar
        Pengecualian.
    Dasar: Peraturan Menteri Dalam Negeri Nomor 58 Tahun 2021 tentang Kode, Data Wilayah Administrasi
        Pemerintahan, dan Pulau
    """
    start = digits(case.dataset.identitas.kode_kecamatan) or ""
    wrong = [
        (row, village)
        for row, village in _matched(case).pairs
        if row.kode.value
        and digits(row.kode) != village.digits
        and (digits(row.kode) or "").startswith(start)
    ]
    if wrong:
        names = listing([f"{label(row)} {row.kode}, menurut daftar {village.code}" for row, village in wrong])
        kind = case.dataset.identitas.terms.desa.lower()
        yield tell(f"Kode {kind} lain dari daftar wilayah: {names}.", *(row.kode for row, _ in wrong))


@rule("W106", WARNING, reads=_ROSTER)
def kelurahan_among_desa(case: Case) -> Iterator[Finding]:
    """Kelurahan tercantum pada lembar Desa

    Mengapa: Kelurahan tidak menyusun dokumen desa; tercantum di antara desa, ia dihitung belum
        menyampaikannya.
    Perbaikan: Hapus baris kelurahannya dari lembar Desa.
    Dasar: Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah, Pasal 229
    """
    rows = [row for row, village in _matched(case).pairs if village.is_kelurahan]
    if rows and case.dataset.dokumen:
        names = listing([row.desa.value or "" for row in rows])
        yield tell(f"Kelurahan menurut daftar wilayah: {names}.", *(row.desa for row in rows))


@rule(
    "W107",
    WARNING,
    reads=f"{_OFFICE} desa.desa fasilitasi.jenis_fasilitasi kegiatan.kegiatan kegiatan.uraian",
)
def desa_of_another(case: Case) -> Iterator[Finding]:
    """Teks menyebut desa kecamatan lain

    Mengapa: Kegiatan di desa kecamatan lain bukan kinerja kecamatan ini; biasanya barisnya tersalin dari buku
        kerja kecamatan lain.
    Perbaikan: Betulkan nama desanya, atau hapus barisnya. Bila kegiatannya memang bersama kecamatan lain,
        sebut juga desa kecamatan ini.
    """
    listed, kind = case.listed, case.dataset.identitas.terms.desa
    if listed is None or listed.named is None:
        return
    names = (*(row.desa.value or "" for row in case.dataset.desa), *(each.name for each in listed.villages))
    own = {bare(name) for name in names}
    texts = [row.jenis_fasilitasi for row in case.dataset.fasilitasi]
    texts += [cell for row in case.dataset.kegiatan for cell in (row.kegiatan, row.uraian)]
    for cell in texts:
        named = [(name, name.partition(" ")[0]) for name in desa_named(cell.value or "", kind)]
        if any(bare(name) in own for pair in named for name in pair):
            continue
        for name, first in named:
            elsewhere = homes(name, listed.named.region) or homes(first, listed.named.region)
            if elsewhere:
                where = " atau ".join(each.name for each in elsewhere)
                message = f"{kind} {name} adalah desa {listed.named.terms.kecamatan} {where}."
                yield tell(message, cell, written=name)
