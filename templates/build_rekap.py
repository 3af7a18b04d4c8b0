"""Build ``rekap-bupati.docx``: a page or two on all kecamatan of a kabupaten for the Bupati.

It tells how the kecamatan stand and lists them, then programmes, indicators, the chart and what remains to be
done, one after the other, so that no page ends early. A list is cut where it would be longer than anybody
reads, and says so.
Run it after a change and commit the result: ``python -m templates.build_rekap``.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.shared import Mm, Pt, Twips

from templates.kit import RECAP_WIDTH, Column, TemplateDocument

TARGET = Path(__file__).parent / "rekap-bupati.docx"

OF_QUARTER = "{% if periode.nama %} {{ periode.nama }}{% endif %}"
OF_KABUPATEN = "{% if kabupaten %} di {{ daerah }} {{ kabupaten }}{% endif %}"
IN_FULL = "selengkapnya ada di rekap.xlsx"
KIND = "{{ sebutan_kecamatan|lower }}"
NUMBERED = "{{ %s|bilang }} " + KIND


def build() -> TemplateDocument:
    """The whole template."""
    doc = TemplateDocument()
    _styles(doc.doc.styles)
    _margins(doc.doc.sections[0])
    doc.footer(doc.doc.sections[0], "Rekapitulasi Laporan Kinerja" + OF_QUARTER, "Footer Rekap")
    title(doc)
    situation(doc)
    kecamatan(doc)
    programmes(doc)
    indicators(doc)
    chart(doc)
    follow_up(doc)
    return doc


def title(doc: TemplateDocument) -> None:
    """What the recap is of."""
    doc.add(
        "Judul Rekap",
        "REKAPITULASI LAPORAN KINERJA{% if periode.nama %} {{ periode.nama|kapital }}{% endif %}\n"
        "{% if kabupaten %}{{ daerah|kapital }} {{ kabupaten|kapital }}{% else %}SELURUH {{ sebutan_kecamatan|kapital }}{% endif %}",
    )


def situation(doc: TemplateDocument) -> None:
    """Who has handed in, when and how, and what it comes to."""
    doc.add(
        "Isi Rekap",
        "{% if not jumlah.dihitung %}Belum ada " + KIND + OF_KABUPATEN + " yang menyerahkan buku kerja Laporan "
        "Kinerja" + OF_QUARTER + " yang angkanya dapat dihitung."
        "{% elif jumlah.dihitung == jumlah.kecamatan %}"
        "{% if jumlah.kecamatan == 1 %}{{ sebutan_kecamatan }} {{ kecamatan[0].nama }}{% else %}Seluruh {{ sebutan_kecamatan|lower }}, sebanyak "
        "{{ jumlah.kecamatan|bilang }} {{ sebutan_kecamatan|lower }},{% endif %}" + OF_KABUPATEN + " telah menyerahkan buku kerja "
        "Laporan Kinerja" + OF_QUARTER + "."
        "{% else %}Dari " + NUMBERED % "jumlah.kecamatan" + OF_KABUPATEN + ", " + NUMBERED % "jumlah.dihitung"
        + " telah menyerahkan buku kerja Laporan Kinerja" + OF_QUARTER + " yang angkanya dihitung dalam rekapitulasi "
        "ini.{% endif %}"
        "{% if tidak_dihitung %} {{ tidak_dihitung }}{% endif %}"
        "{% if jumlah.dihitung %}{% if jumlah.dihitung == 1 %}"
        "{% if jumlah.tepat_waktu %} Laporannya tepat waktu{% elif jumlah.terlambat %} Laporannya terlambat "
        "{{ terlambat[0].hari_terlambat|bilang }} hari{% else %} Ketepatan waktunya tidak diketahui{% endif %}"
        "{% elif jumlah.tepat_waktu == jumlah.dihitung %} Semua laporannya tepat waktu"
        "{% elif jumlah.terlambat == jumlah.dihitung %} Semua laporannya terlambat"
        "{% elif not jumlah.tepat_waktu and not jumlah.terlambat %} Ketepatan waktunya tidak diketahui"
        "{% else %} Laporan " + NUMBERED % "jumlah.tepat_waktu" + " tepat waktu"
        "{% if jumlah.terlambat %} dan laporan " + NUMBERED % "jumlah.terlambat" + " terlambat{% endif %}{% endif %}"
        '{% if periode.batas_lapor != "-" and (jumlah.tepat_waktu or jumlah.terlambat) %} terhadap batas penyampaian '
        "tanggal {{ periode.batas_lapor }}{% endif %}."
        "{% if not jumlah.kesalahan %} Tidak ada buku kerja yang memuat kesalahan."
        "{% elif jumlah.kesalahan == jumlah.dihitung and jumlah.dihitung > 1 %} Semua buku kerja masih memuat kesalahan."
        "{% elif jumlah.dihitung == 1 %} Buku kerjanya masih memuat kesalahan."
        "{% else %} Buku kerja " + NUMBERED % "jumlah.kesalahan" + " masih memuat kesalahan.{% endif %}{% endif %}",
        '{%p if serapan != "-" %}',
        "Anggaran {% if jumlah.dihitung > 1 %}seluruh {{ sebutan_kecamatan|lower }} yang dihitung{% else %}{{ sebutan_kecamatan|lower }} tersebut{% endif %} "
        "terealisasi {{ realisasi }} dari pagu {{ pagu }} atau {{ serapan }}."
        "{% if serapan_tertinggi.kecamatan != serapan_terendah.kecamatan %} Serapan tertinggi ada pada {{ sebutan_kecamatan }} {{ serapan_tertinggi.kecamatan }} "
        "({{ serapan_tertinggi.serapan }}) dan terendah pada {{ sebutan_kecamatan }} {{ serapan_terendah.kecamatan }} "
        "({{ serapan_terendah.serapan }}).{% endif %}"
        '{% if rerata_capaian != "-" %} Rata-rata capaian indikator kinerja adalah {{ rerata_capaian }}.{% endif %}',
        '{%p elif rerata_capaian != "-" %}',
        "Rata-rata capaian indikator kinerja adalah {{ rerata_capaian }}. Angka anggaran belum tersedia.",
        "{%p elif jumlah.dihitung %}",
        "Angka anggaran dan capaian kinerja belum tersedia.",
        "{%p endif %}",
    )  # fmt: skip


def kecamatan(doc: TemplateDocument) -> None:
    """One row a workbook; who has not handed in any is named at the end."""
    columns = (
        Column("No", 8, "Tabel Tengah Kecil", _numbered(totalled=True)),
        Column("{{ sebutan_kecamatan }}", 27, "Tabel Isi Kecil", "{{ k.nama }}", "Jumlah"),
        Column("Status", 26, "Tabel Isi Kecil", "{{ k.status }}"),
        Column("Ketepatan", 27, "Tabel Isi Kecil", "{{ k.ketepatan }}"),
        Column("Capaian", 15, "Tabel Angka Kecil", "{{ k.capaian }}", "{{ rerata_capaian }}"),
        Column("Pagu", 29, "Tabel Angka Kecil", "{{ k.pagu }}", "{{ pagu }}"),
        Column("Realisasi", 28, "Tabel Angka Kecil", "{{ k.realisasi }}", "{{ realisasi }}"),
        Column("Serapan", 15, "Tabel Angka Kecil", "{{ k.serapan }}", "{{ serapan }}"),
    )
    doc.add("Jarak Tabel", "{%p if kecamatan %}")
    _table(
        doc,
        columns,
        "for k in kecamatan",
        "Status, ketepatan, capaian, dan serapan setiap {{ sebutan_kecamatan|lower }}",
    )
    doc.add(
        "Keterangan Rekap",
        "Capaian adalah rata-rata capaian indikator kinerja, pada baris terakhir rata-rata {{ sebutan_kecamatan|lower }}; serapan adalah "
        "realisasi dibagi pagu. Tanda “-” berarti tidak ada angka yang dihitung.",
    )
    doc.add("Jarak Tabel", "{%p endif %}")
    _cut(doc, "jumlah.baris", "baris pertama", " Jumlahnya dihitung dari semua baris.")


def programmes(doc: TemplateDocument) -> None:
    """One row a programme."""
    doc.when("program", "Judul Bagian Rekap", "Anggaran Menurut Program")
    columns = (
        Column("No", 8, "Tabel Tengah Kecil", _numbered(totalled=True)),
        Column("Program", 66, "Tabel Isi Kecil", "{{ p.nama }}", "Jumlah"),
        Column("Pagu", 29, "Tabel Angka Kecil", "{{ p.pagu }}", "{{ pagu }}"),
        Column("Realisasi", 28, "Tabel Angka Kecil", "{{ p.realisasi }}", "{{ realisasi }}"),
        Column("Serapan", 15, "Tabel Angka Kecil", "{{ p.serapan }}", "{{ serapan }}"),
        Column("Status", 29, "Tabel Isi Kecil", "{{ p.status }}"),
    )
    doc.when(
        "program",
        "Pengantar Rekap",
        "Status menilai serapan terhadap bagian tahun yang sudah lewat: ▲ 90% atau "
        "lebih, □ 60% sampai di bawah 90%, ▼ di bawah 60%.",
    )
    doc.add("Jarak Tabel", "{%p if program %}")
    _table(doc, columns, "for p in program", "Pagu, realisasi, serapan, dan status setiap program")
    doc.add("Jarak Tabel", "{%p endif %}")
    _cut(doc, "jumlah.program", "program pertama", " Jumlahnya dihitung dari semua program.")


def indicators(doc: TemplateDocument) -> None:
    """One row an indicator."""
    doc.when("indikator", "Judul Bagian Rekap", "Capaian Menurut Indikator")
    columns = (
        Column("No", 8, "Tabel Tengah Kecil", _numbered()),
        Column("Indikator Kinerja", 67, "Tabel Isi Kecil", "{{ i.nama }}"),
        Column("{{ sebutan_kecamatan }}", 20, "Tabel Tengah Kecil", "{{ i.kecamatan }}"),
        Column("Status", 29, "Tabel Tengah Kecil", "{{ i.status }}"),
        Column("Rata-rata", 17, "Tabel Angka Kecil", "{{ i.rerata }}"),
        Column("Terendah", 17, "Tabel Angka Kecil", "{{ i.terendah }}"),
        Column("Tertinggi", 17, "Tabel Angka Kecil", "{{ i.tertinggi }}"),
    )
    doc.when(
        "indikator",
        "Pengantar Rekap",
        "Status menyebut banyaknya {{ sebutan_kecamatan|lower }}: {{ tanda_status|join(', ') }} terhadap yang seharusnya dicapai "
        "pada akhir triwulan.",
    )
    doc.add("Jarak Tabel", "{%p if indikator %}")
    _table(doc, columns, "for i in indikator", "Status dan capaian setiap indikator kinerja")
    doc.add("Jarak Tabel", "{%p endif %}")
    _cut(doc, "jumlah.indikator", "indikator pertama")


def chart(doc: TemplateDocument) -> None:
    """Serapan of each kecamatan."""
    doc.when("grafik_serapan", "Judul Bagian Rekap", "Serapan Anggaran Menurut {{ sebutan_kecamatan }}")
    doc.when("grafik_serapan", "Grafik Rekap", "{{ grafik_serapan }}")
    doc.when(
        "jumlah.terserap > batas_grafik",
        "Keterangan Rekap",
        "Grafik ini memuat {{ ujung_grafik|bilang }} {{ sebutan_kecamatan|lower }} dengan serapan tertinggi dan "
        "{{ ujung_grafik|bilang }} {{ sebutan_kecamatan|lower }} dengan serapan terendah dari {{ jumlah.terserap|bilang }}; "
        f"{IN_FULL}.",
    )


def follow_up(doc: TemplateDocument) -> None:
    """Who has something to do; nothing where all is well."""
    doc.add("Judul Bagian Rekap", "Yang Perlu Ditindaklanjuti")
    doc.when(
        "not (belum or tidak_terbaca or ganda or triwulan_lain or terlambat or tanpa_tanggal or kesalahan or gagal)",
        "Isi Rekap",
        "{% if jumlah.kecamatan %}Tidak ada: semua laporan tepat waktu dan semua buku kerja tanpa kesalahan.{% else %}Belum ada "
        + KIND
        + " yang direkap.{% endif %}",
    )
    groups = (
        ("belum", "Belum menyerahkan", ""),
        ("tidak_terbaca", "Berkas tidak terbaca", ""),
        ("ganda", "Buku kerja ganda", "{% if k.berkas %} ({{ k.berkas }}){% endif %}"),
        ("triwulan_lain", "Bukan buku kerja triwulan ini", "{% if k.triwulan_lain %} ({{ k.triwulan_lain }}){% endif %}"),
        ("terlambat", "Laporan terlambat", " ({{ k.hari_terlambat }} hari)"),
        ("tanpa_tanggal", "Ketepatan waktu tidak diketahui", ""),
        ("kesalahan", "Buku kerja memuat kesalahan", " ({{ k.kesalahan }})"),
        ("gagal", "Laporan tidak dapat disusun", ""),
    )  # fmt: skip
    for name, lead, rest in groups:
        listed = f"{{% for k in {name} %}}{{{{ k.nama }}}}{rest}{{% if not loop.last %}}, {{% endif %}}{{% endfor %}}"
        listed += f"{{% if jumlah.{name} > batas_daftar %}}, dan lainnya, seluruhnya {{{{ jumlah.{name}|bilang }}}}{{% endif %}}"
        doc.when(name, "Butir Rekap", f"{lead}: {listed}.")


def _cut(doc: TemplateDocument, number: str, held: str, more: str = "") -> None:
    """What is said below a list that does not hold all there are."""
    told = f"Daftar ini memuat {{{{ batas_daftar|bilang }}}} {held} dari {{{{ {number}|bilang }}}}; {IN_FULL}.{more}"
    doc.when(f"{number} > batas_daftar", "Keterangan Rekap", told)


def _numbered(*, totalled: bool = False) -> str:
    """The number of a row; the first two rows stay together, and so do the last two, with their total."""
    ends = "loop.first or loop.revindex == 2" + (" or loop.last" if totalled else "")
    number = "{{ loop.index }}"
    return f"{{%p if {ends} %}}\fTabel Tengah Rapat\v{number}\f{{%p else %}}\f{number}\f{{%p endif %}}"


def _table(doc: TemplateDocument, columns: Sequence[Column], loop: str, shows: str) -> None:
    table = doc.frame(columns, "Tabel Kepala Kecil")
    table.describe(f"{shows}.")
    table.fill(loop)


def _margins(section: Any) -> None:
    """Closer than those of a report, so that 21 kecamatan take one page of A4, each one line."""
    section.top_margin, section.bottom_margin = Mm(18), Mm(18)
    section.footer_distance = Mm(9)
    section.left_margin = section.right_margin = Mm((215 - RECAP_WIDTH) / 2)


def _styles(styles: Any) -> None:
    """What the recap has beside the styles of the reports."""
    _style(styles, "Judul Rekap", "Subtitle", size=13, before=0, after=6)
    _style(styles, "Isi Rekap", "Body Text", size=10.5, after=4, line=1.1)
    _style(styles, "Keterangan Rekap", "Catatan Tabel", size=8, before=3, after=0)
    for name in ("Tabel Kepala Kecil", "Tabel Isi Kecil"):
        styles[name].font.size = Pt(8.5)
    small = _style(styles, "Tabel Tengah Kecil", "Tabel Isi Kecil", size=8.5)
    small.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    section = _style(styles, "Judul Bagian Rekap", "Normal", size=11, before=7, after=3)
    section.font.bold, section.paragraph_format.keep_with_next = True, True
    lead = _style(styles, "Pengantar Rekap", "Keterangan Rekap", size=8, before=0, after=3)
    lead.paragraph_format.keep_with_next = True
    tight = _style(styles, "Tabel Tengah Rapat", "Tabel Tengah Kecil", size=8.5)
    tight.paragraph_format.keep_with_next = True
    picture = _style(styles, "Grafik Rekap", "Grafik", size=10.5, before=0, after=0)
    picture.paragraph_format.keep_with_next = False
    footer = _style(styles, "Footer Rekap", "footer", size=9).paragraph_format.tab_stops
    footer.add_tab_stop(Twips(9071), WD_TAB_ALIGNMENT.CLEAR)
    footer.add_tab_stop(Mm(RECAP_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    _style(styles, "Butir Rekap", "List Bullet", size=10, before=0, after=1, line=1)


def _style(  # noqa: PLR0913
    styles: Any, name: str, based_on: str, *, size: float, before: float | None = None,
    after: float | None = None, line: float | None = None,
) -> Any:  # fmt: skip
    """A style of paragraphs; what is None is as in the style that it is based on."""
    made = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    made.base_style, made.quick_style = styles[based_on], True
    made.font.size = Pt(size)
    spacing = made.paragraph_format
    if before is not None:
        spacing.space_before = Pt(before)
    if after is not None:
        spacing.space_after = Pt(after)
    if line is not None:
        spacing.line_spacing = line
    return made


if __name__ == "__main__":
    build().save(TARGET)
    print(TARGET)
