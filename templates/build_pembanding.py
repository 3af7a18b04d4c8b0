"""Build ``laporan-pembanding.docx``, a second template for the habits of other regencies.

Three chapters on A4 or F4; nilai and predikat (IKM, SAKIP) with the rating scales; kegiatan and sub kegiatan
under their programmes; every figure beside that of the earlier quarter, where ``--prev`` names one.
It is short, so it goes without a list of contents.
Run it after a change and commit the result: ``python -m templates.build_pembanding``.
"""

from pathlib import Path

from templates.build_laporan import (
    EFFICIENCY,
    GOVERNMENT,
    INDICATORS_BY_STATUS,
    OPTIONS,
    PLAIN,
    STATUS,
    approval,
    conclusions,
    legend_of_status,
    logo,
    preface,
    summary,
)
from templates.kit import LANDSCAPE_WIDTH, Column, TemplateDocument, with_unit

TARGET = Path(__file__).parent / "laporan-pembanding.docx"

FOOTER = "{{ identitas.jabatan }} – Laporan Kinerja {{ periode.nama }}"
BEFORE = "periode.pembanding"
"""The condition of what stands beside the figures of the quarter."""


def build() -> TemplateDocument:
    """The whole template."""
    doc = TemplateDocument()
    doc.add("Normal", *OPTIONS[1:4])
    cover(doc)
    body = doc.section()
    doc.footer(body, FOOTER)
    doc.start_numbering(body)
    preface(doc)
    approval(doc)
    summary(doc)
    introduction(doc)
    performance(doc)
    budget(doc)
    analysis(doc)
    closing(doc)
    doc.basis_of_figures()
    return doc


def cover(doc: TemplateDocument) -> None:
    """The cover: logo, title, quarter, and the office at the foot."""
    logo(doc)
    doc.add("Title", "LAPORAN KINERJA\nDAN ANGGARAN")
    doc.add("Subtitle", "{{ periode.nama|kapital }}", "{{ periode.bulan|kapital }}")
    doc.add("Garis Sampul", "")
    doc.foot(
        doc.doc.sections[0],
        "Kaki Sampul",
        GOVERNMENT,
        "{{ identitas.sebutan_kecamatan|kapital }} {{ identitas.kecamatan|kapital }}",
    )


def introduction(doc: TemplateDocument) -> None:
    """BAB I: the basis of the report and the agreement that it reports on."""
    doc.add("heading 1", "BAB I\nPENDAHULUAN")
    doc.add("heading 2", "Dasar Pelaporan")
    doc.add(
        "Body Text",
        "Laporan ini disusun untuk memenuhi {% if identitas.pasal_pelaporan %}{{ identitas.pasal_pelaporan }} "
        "{% endif %}{{ identitas.peraturan_pelaporan }} dan disampaikan kepada "
        "{{ identitas.kepala_daerah }} {{ identitas.kabupaten }} paling lambat tanggal {{ periode.batas_lapor }}. Angka di dalamnya dihitung "
        "secara kumulatif dari {{ periode.rentang }}"
        "{% if periode.pembanding %} dan disandingkan dengan {{ periode.pembanding }}{% endif %}.",
    )
    doc.add("heading 2", "Perjanjian Kinerja")
    doc.add(
        "Body Text",
        "{{ identitas.jabatan }} memperjanjikan {{ ringkasan.jumlah_indikator|bilang }} indikator kinerja dari "
        "{{ ringkasan.jumlah_sasaran|bilang }} sasaran kepada {{ identitas.pemberi_amanah }}, dengan anggaran "
        '{{ anggaran.anggaran_pk }}. Indikator dan targetnya disajikan pada {{ rujuk("pk") }}.',
    )
    doc.add("caption", '{{ tabel("pk", 1) }}\nPerjanjian Kinerja Tahun {{ periode.tahun }}')
    doc.table(
        (
            Column("No", 10, "Tabel Tengah", "{{ i.nomor }}"),
            Column("Sasaran", 40, "Tabel Isi", "{{ i.sasaran }}"),
            Column("Indikator Kinerja", 44, "Tabel Isi", "{{ i.nama }}"),
            Column("Target Tahun", 33, "Tabel Angka", with_unit("target", PLAIN, " ")),
            Column(
                "Target Triwulan",
                33,
                "Tabel Angka",
                with_unit("target_triwulan", PLAIN, " "),
                when="ringkasan.ada_target_triwulan",
            ),
        ),
        "for i in indikator",
    )


def performance(doc: TemplateDocument) -> None:
    """BAB II: every indicator beside the earlier quarter, with its grade, and the scales."""
    doc.footer(doc.section(landscape=True), FOOTER, "Footer Lebar")
    doc.add("heading 1", "BAB II\nCAPAIAN KINERJA DAN ANGGARAN")
    doc.add("heading 2", "Capaian Indikator Kinerja")
    doc.add(
        "Body Text",
        "Capaian dihitung terhadap target "
        '{% if pengaturan.dasar_capaian == "triwulan" %}sampai dengan akhir triwulan{% else %}setahun{% endif %}'
        '{% if pengaturan.batas_capaian != "tanpa" %}, paling tinggi {{ pengaturan.batas_capaian }}%{% endif %}, '
        'sebagaimana disajikan pada {{ rujuk("capaian") }}. '
        f"{INDICATORS_BY_STATUS}. "
        "{% if not periode.pembanding %}Angka triwulan pembanding belum tersedia.{% endif %}",
    )
    doc.add("caption", '{{ tabel("capaian", 2) }}\nCapaian Indikator Kinerja {{ periode.nama }}')
    doc.table(
        (
            Column("No", 9, "Tabel Tengah", "{{ i.nomor }}"),
            Column("Sasaran dan Indikator Kinerja", 58, "Tabel Isi", "{{ i.sasaran }}:\f{{ i.nama }}"),
            Column(
                "Target",
                33,
                "Tabel Angka",
                f'{{% if pengaturan.dasar_capaian == "triwulan" %}}{with_unit("target_triwulan", PLAIN, " ")}'
                f"{{% else %}}{with_unit('target', PLAIN, ' ')}{{% endif %}}",
            ),
            Column(
                "Realisasi Triwulan Lalu",
                33,
                "Tabel Angka",
                with_unit("lalu.realisasi", PLAIN, " "),
                when=BEFORE,
            ),
            Column("Realisasi", 33, "Tabel Angka", with_unit("realisasi", PLAIN, " ")),
            Column("Capaian Triwulan Lalu", 21, "Tabel Angka", "{{ i.lalu.capaian }}", when=BEFORE),
            Column("Capaian", 21, "Tabel Angka", "{{ i.capaian }}"),
            Column("Perubahan", 26, "Tabel Angka", "{{ i.lalu.perubahan }}", when=BEFORE),
            Column("Status", 27, "Tabel Isi", STATUS),
            Column(
                "Predikat",
                19,
                "Tabel Tengah",
                "{% if i.predikat %}{{ i.predikat }}{% else %}-{% endif %}",
                when="ringkasan.ada_predikat",
            ),
        ),
        "for i in indikator",
    )
    legend_of_status(doc)
    doc.reasons()
    for scale, lead, unit in (
        ("skala_capaian", "Predikat capaian", "%"),
        ("skala_nilai", "Predikat nilai", ""),
    ):
        grade = (
            f"{{{{ s.predikat }}}} mulai {{{{ s.batas_bawah }}}}{unit}{{% if not loop.last %}}; {{% endif %}}"
        )
        doc.when(scale, "Catatan Tabel", f"{lead}: {{% for s in {scale} %}}{grade}{{% endfor %}}.")
    doc.other_years(2, LANDSCAPE_WIDTH, PLAIN)
    doc.amendment(2, LANDSCAPE_WIDTH)
    doc.quarterly_targets(2, LANDSCAPE_WIDTH, PLAIN)


def budget(doc: TemplateDocument) -> None:
    """2.2: programmes with their kegiatan and sub kegiatan, beside the earlier quarter."""
    doc.add("heading 2", "Realisasi Anggaran")
    doc.add(
        "Body Text",
        "Sejak 1 Januari sampai dengan {{ periode.akhir }}, anggaran terealisasi {{ anggaran.realisasi }} dari "
        "pagu {{ anggaran.pagu }} ({{ anggaran.tertimbang }})"
        '{% if anggaran.lalu.arah == "naik" or anggaran.lalu.arah == "turun" %}, {{ anggaran.lalu.arah }} '
        "dari {{ anggaran.lalu.serapan }} pada {{ periode.pembanding }}"
        '{% elif anggaran.lalu.arah == "tetap" %}, sama dengan {{ periode.pembanding }}{% endif %}. '
        'Rinciannya menurut program, kegiatan, dan sub kegiatan disajikan pada {{ rujuk("anggaran") }}.',
    )
    doc.add("caption", '{{ tabel("anggaran", 2) }}\nRealisasi Anggaran {{ periode.nama }}')
    columns = (
        Column("Kode", 36, "Tabel Isi", "{{ r.kode }}"),
        Column("Program, Kegiatan, Sub Kegiatan", 63, "Tabel Isi", "{{ r.nama_tanpa_unit }}"),
        Column("Pagu", 33, "Tabel Angka", "{{ r.pagu }}"),
        Column("Realisasi Triwulan Lalu", 33, "Tabel Angka", "{{ r.lalu.realisasi }}", when=BEFORE),
        Column("Realisasi", 33, "Tabel Angka", "{{ r.realisasi }}"),
        Column("Sisa Pagu", 33, "Tabel Angka", "{{ r.sisa }}"),
        Column("Serapan", 23, "Tabel Angka", "{{ r.serapan }}"),
        Column("Perubahan", 26, "Tabel Angka", "{{ r.lalu.perubahan }}", when=BEFORE),
    )
    totals = ("pagu", "lalu.realisasi", "realisasi", "sisa", "tertimbang", "lalu.perubahan")
    table = doc.frame(columns)
    table.statement("for u in unit")
    table.statement("if unit|length > 1")
    table.row(("", "{{ u.nama }}", *[""] * 6), ["Tabel Kepala Samping"] * 8)
    table.statement("endif")
    table.statement("for p in u.program")
    cells = [column.text.replace("r.", "p.", 1) for column in columns]
    cells[6] = "{{ p.tanda }}\N{NO-BREAK SPACE}{{ p.serapan }}"
    table.total(cells)
    table.loop("for r in p.rincian")
    table.statement("endfor")
    table.statement("if unit|length > 1")
    table.total(("", "Jumlah {{ u.nama }}", *[f"{{{{ u.{name} }}}}" for name in totals]))
    table.statement("endif")
    table.statement("endfor")
    whole = "Jumlah{% if unit|length > 1 %} Seluruhnya{% endif %}"
    table.total(("", whole, *[f"{{{{ anggaran.{name} }}}}" for name in totals]))
    doc.reasons_of_pagu("kode", "")
    doc.quarterly_spending(2, LANDSCAPE_WIDTH)
    performance_of_programmes(doc)


def performance_of_programmes(doc: TemplateDocument) -> None:
    """What the programmes, kegiatan and sub kegiatan reached, in their own units; nothing without any target."""
    doc.add("Body Text", "{%p if ringkasan.ada_kinerja_program %}")
    doc.gap()
    doc.add("Body Text", f'Kinerja program disajikan pada {{{{ rujuk("kinerja") }}}}. {EFFICIENCY}')
    doc.add("caption", '{{ tabel("kinerja", 2) }}\nKinerja Program {{ periode.nama }}')
    columns = (
        Column("Kode", 36, "Tabel Isi", "{{ r.kode }}"),
        Column("Program, Kegiatan, Sub Kegiatan", 67, "Tabel Isi", "{{ r.nama }}"),
        Column("Indikator Kinerja", 64, "Tabel Isi", "{{ r.indikator_program }}"),
        Column("Target", 32, "Tabel Angka", "{{ r.target }}"),
        Column("Realisasi", 32, "Tabel Angka", "{{ r.realisasi_kinerja }}"),
        Column("Capaian", 24, "Tabel Angka", "{{ r.capaian_kinerja }}"),
        Column("Efisiensi ({{ pengaturan.satuan_efisiensi }})", 25, "Tabel Angka", "{{ r.efisiensi }}"),
    )
    table = doc.frame(columns)
    table.statement("for p in program")
    table.statement('if p.target != "-"')
    table.row([column.text.replace("r.", "p.", 1) for column in columns])
    table.statement("endif")
    table.statement("for r in p.rincian")
    table.statement('if r.target != "-"')
    table.row([column.text for column in columns])
    table.statement("endif")
    table.statement("endfor")
    table.statement("endfor")
    doc.add("Body Text", "{%p endif %}")


def analysis(doc: TemplateDocument) -> None:
    """2.3: per indicator what explains it; what helped, what hindered, what follows."""
    doc.footer(doc.section(), FOOTER)
    doc.add("heading 2", "Penjelasan dan Tindak Lanjut")
    doc.chart(
        2,
        "tren",
        "Perkembangan capaian indikator dan serapan anggaran sejak awal tahun digambarkan pada",
        "Perkembangan Capaian Kinerja dan Serapan Anggaran Tahun {{ periode.tahun }}",
    )
    doc.chart(
        2,
        "capaian",
        "Capaian setiap indikator dibandingkan dengan targetnya pada",
        "Capaian Indikator Kinerja {{ periode.nama }} terhadap Targetnya",
    )
    doc.add(
        "Body Text",
        "{%p for i in indikator %}",
        "{{ i.nama }}: "
        "{% if i.ada_nilai %}{{ i.status }}, realisasi "
        + with_unit("realisasi", PLAIN)
        + ", capaian {{ i.capaian }}"
        "{% if i.predikat %} dengan predikat {{ i.predikat }}{% endif %}"
        '{% if i.lalu.arah == "naik" or i.lalu.arah == "turun" %}; {{ i.lalu.arah }} dari '
        "{{ i.lalu.capaian }} pada {{ periode.pembanding }}"
        '{% elif i.lalu.arah == "tetap" %}; sama dengan {{ periode.pembanding }}{% endif %}.'
        "{% else %}belum dapat dihitung ({{ i.alasan }}).{% endif %}"
        "{% for teks in i.penjelasan %} {{ teks }}{% endfor %}"
        "{% if i.sumber_data %} Sumber data: {{ i.sumber_data }}.{% endif %}"
        "{% if i.penanggung_jawab %} Penanggung jawab: {{ i.penanggung_jawab }}.{% endif %}",
        "{%p endfor %}",
    )
    doc.each(
        "p in program",
        "Body Text",
        "{%p if p.penjelasan %}",
        "{{ p.nama }}: {{ p.status }}, serapan {{ p.serapan }}. {{ p.penjelasan|join(' ') }}",
        "{%p endif %}",
    )
    doc.bullets("narasi.faktor_pendukung", "Faktor pendukung:")
    doc.bullets("narasi.hambatan", "Hambatan:")
    doc.bullets("narasi.solusi", "Cara mengatasinya:")
    doc.former_plans(2)
    doc.next_steps("Tindak lanjut pada {{ periode.berikutnya }}:")
    doc.add("Body Text", "{%p endif %}")


def closing(doc: TemplateDocument) -> None:
    """BAB III: the close and the signature, on the page where BAB II ends."""
    doc.add("Bab Lanjutan", "BAB III\nPENUTUP")
    conclusions(doc)
    doc.signature(
        "Laporan ini disampaikan sebagai pertanggungjawaban kinerja dan anggaran {{ identitas.sebutan_kecamatan|lower }}."
    )


if __name__ == "__main__":
    build().save(TARGET)
    print(TARGET)
