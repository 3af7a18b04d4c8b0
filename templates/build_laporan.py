"""Build ``laporan-triwulan.docx``, the default Word template: its wording and its order.

Run it after a change and commit the result: ``python -m templates.build_laporan``. A test compares the two.
All wording that depends on figures decides by the fields of ``lkt.report.catalogue``; nothing is computed here.
"""

from pathlib import Path

from templates.kit import PORTRAIT_WIDTH, Column, TemplateDocument, with_unit

TARGET = Path(__file__).parent / "laporan-triwulan.docx"

FOOTER = "Laporan Kinerja {{ periode.nama }} – {{ identitas.jabatan }}"
DESA = "{{ identitas.sebutan_desa|lower }}"
PLAIN = ("%", "persen", "Rp", "rupiah")
"""The units that a figure prints itself."""

GROUPS = (
    "{{% for k in ringkasan.status_{of} %}}{{% if loop.last %}} dan {{% elif not loop.first %}}, {{% endif %}}"
    "{{{{ k.jumlah|bilang }}}} {of} {{{{ k.status }}}} ({members}){{% endfor %}}"
)
"""How many have each status, and which, in a sentence."""

INDICATORS_BY_STATUS = (
    "{% if ringkasan.jumlah_indikator == 1 %}Indikator kinerja yang diperjanjikan "
    "{{ ringkasan.status_indikator[0].status }}"
    "{% elif ringkasan.status_indikator|length == 1 %}Seluruh indikator kinerja yang diperjanjikan, sebanyak "
    "{{ ringkasan.jumlah_indikator|bilang }} indikator, {{ ringkasan.status_indikator[0].status }}"
    "{% else %}Dari {{ ringkasan.jumlah_indikator|bilang }} indikator kinerja yang diperjanjikan, "
    f"{GROUPS.format(of='indikator', members='nomor {{ k.anggota|daftar }}')}"
    "{% endif %}"
)
GOVERNMENT = (
    "PEMERINTAH {{ identitas.daerah|kapital }}{% if identitas.kabupaten|length > 20 %}\n{% else %} {% endif %}"
    "{{ identitas.kabupaten|kapital }}"
)
"""In two lines where the name is long."""
STATUS = "{{ i.tanda }}\N{NO-BREAK SPACE}{{ i.status|kalimat }}"

OFFICE = "{{ identitas.sebutan_kecamatan }} {{ identitas.kecamatan }}"
EXTREMES = (
    "{% if ringkasan.serapan_tertinggi != ringkasan.serapan_terendah %}Serapan tertinggi ada pada "
    "{{ ringkasan.serapan_tertinggi }}{% if not ringkasan.program_tanpa_realisasi %} dan terendah pada "
    "{{ ringkasan.serapan_terendah }}{% endif %}. {% endif %}"
)
EFFICIENCY = (
    "Efisiensi = {{ pengaturan.rumus_efisiensi_kata }}: {{ pengaturan.arti_efisiensi }}. Tanpa realisasi anggaran, "
    "efisiensi tidak dihitung."
)

OPTIONS = (
    "{%p set tampilkan_daftar_isi = true %}{# false: tanpa daftar isi, daftar tabel, dan daftar gambar #}",
    "{%p set tampilkan_ikhtisar = true %}{# false: tanpa ikhtisar #}",
    "{%p set tampilkan_kata_pengantar = false %}{# true: dengan kata pengantar #}",
    "{%p set tampilkan_pengesahan = false %}{# true: dengan lembar pengesahan #}",
    "{%p set batas_log = 25 %}{# catatan fasilitasi yang lebih panjang menjadi lampiran #}",
)


def build() -> TemplateDocument:
    """The whole template."""
    doc = TemplateDocument()
    doc.add("Normal", *OPTIONS)
    cover(doc)
    front(doc)
    preface(doc)
    approval(doc)
    lists(doc)
    summary(doc)
    body = doc.section()
    doc.add("Normal", "{%p endif %}")
    doc.footer(body, FOOTER)
    doc.start_numbering(body)
    chapter_one(doc)
    chapter_two(doc)
    chapter_three(doc)
    chapter_four(doc)
    annex(doc)
    annex_of_log(doc)
    doc.basis_of_figures()
    return doc


def cover(doc: TemplateDocument) -> None:
    """The cover: logo where there is one, title, and the office at the foot."""
    logo(doc)
    doc.add(
        "Title",
        "LAPORAN KINERJA\nTRIWULAN {{ periode.triwulan }}",
        "{{ identitas.jabatan|kapital }}",
        "TAHUN {{ periode.tahun }}",
    )
    doc.add("Garis Sampul", "")
    doc.foot(
        doc.doc.sections[0],
        "Kaki Sampul",
        GOVERNMENT,
        "{{ identitas.sebutan_kecamatan|kapital }} {{ identitas.kecamatan|kapital }}",
    )


def logo(doc: TemplateDocument) -> None:
    """The logo of the area, or what is wrong with it, or the room for none."""
    doc.add("Logo Sampul", "{%p if logo %}", "{{ logo }}", "{%p elif masalah_logo %}")
    doc.add(
        "Logo Kosong",
        "Logo belum tersedia\n"
        "{% if nama_logo %}{{ nama_logo }}{% else %}Gambar di buku kerja{% endif %} ({{ masalah_logo }})",
    )
    doc.add("Sampul Tanpa Logo", "{%p else %}", "", "{%p endif %}")


def front(doc: TemplateDocument) -> None:
    """The section before the chapters, numbered i, ii, iii.

    It is closed by the one after it, so the end of its condition stands there.
    """
    section = doc.section()
    doc.footer(section, FOOTER)
    doc.start_numbering(section, "lowerRoman")
    doc.add(
        "Normal",
        "{%p if tampilkan_daftar_isi or tampilkan_ikhtisar or tampilkan_kata_pengantar or tampilkan_pengesahan %}",
    )


def preface(doc: TemplateDocument) -> None:
    """Kata Pengantar, where the template asks for it."""
    doc.add("Judul Depan", "{%p if tampilkan_kata_pengantar %}", "KATA PENGANTAR")
    doc.add(
        "Body Text",
        "Puji syukur dipanjatkan ke hadirat Tuhan Yang Maha Esa, karena atas rahmat-Nya Laporan Kinerja "
        "{{ identitas.jabatan }} {{ periode.nama }} dapat diselesaikan.",
        "Laporan ini disusun menurut {{ identitas.peraturan_pelaporan }} sebagai pertanggungjawaban atas Perjanjian "
        "Kinerja Tahun {{ periode.tahun }} antara {{ identitas.jabatan }} dan {{ identitas.pemberi_amanah }}, serta "
        "sebagai bahan perbaikan kinerja pada {{ periode.berikutnya }}.",
        "Terima kasih disampaikan kepada semua pihak yang telah membantu pelaksanaan kegiatan dan penyusunan laporan "
        "ini. Saran untuk menyempurnakannya diterima dengan senang hati.",
    )
    doc.signature()
    doc.add("Normal", "{%p endif %}")


def approval(doc: TemplateDocument) -> None:
    """Lembar Pengesahan, where the template asks for it."""
    doc.add("Judul Depan", "{%p if tampilkan_pengesahan %}", "LEMBAR PENGESAHAN")
    doc.add(
        "Body Text",
        "Laporan Kinerja {{ identitas.jabatan }} {{ periode.nama }} telah diperiksa dan disahkan sebagai "
        "pertanggungjawaban atas pelaksanaan Perjanjian Kinerja Tahun {{ periode.tahun }}.",
    )
    doc.signature()
    doc.gap()
    doc.superior()
    doc.add("Normal", "{%p endif %}")


def lists(doc: TemplateDocument) -> None:
    """Daftar isi, daftar tabel and daftar gambar."""
    doc.add("Judul Daftar Isi", "{%p if tampilkan_daftar_isi %}", "DAFTAR ISI")
    doc.add("Normal", "{{ daftar_isi() }}")
    for title, tag in (
        ("DAFTAR TABEL", "{{ daftar_tabel() }}"),
        ("DAFTAR GAMBAR", "{{ daftar_gambar() }}"),
    ):
        doc.add("TOC Heading", title)
        doc.add("Normal", tag)
    doc.add("Normal", "{%p endif %}")


def summary(doc: TemplateDocument) -> None:
    """Ikhtisar: one page by which a reader knows the quarter."""
    doc.add("Judul Depan", "{%p if tampilkan_ikhtisar %}", "IKHTISAR")
    doc.add(
        "Pengantar Daftar",
        "Sampai dengan {{ periode.akhir }}, anggaran terealisasi {{ anggaran.realisasi }} dari pagu "
        "{{ anggaran.pagu }} atau {{ anggaran.tertimbang }}. "
        f"{INDICATORS_BY_STATUS}.",
    )
    table = doc.frame(
        (
            Column("Indikator Kinerja", 52, "Tabel Isi Kecil", "{{ i.nomor }}. {{ i.nama }}"),
            Column("Target", 30, "Tabel Angka Kecil", with_unit("target", PLAIN, " ")),
            Column("Realisasi", 30, "Tabel Angka Kecil", with_unit("realisasi", PLAIN, " ")),
            Column("Capaian", 20, "Tabel Angka Kecil", "{{ i.capaian }}"),
            Column("Status", 28, "Tabel Isi Kecil", STATUS),
        )
    )
    table.loop("for i in indikator")
    doc.gap()
    columns = (
        Column(
            "{% if unit|length > 1 %}Unit{% else %}Program{% endif %}",
            51,
            "Tabel Isi Kecil",
            "{{ p.nomor }}. {{ p.nama }}",
            "Jumlah",
        ),
        Column("Pagu", 30, "Tabel Angka Kecil", "{{ p.pagu }}", "{{ anggaran.pagu }}"),
        Column("Realisasi", 30, "Tabel Angka Kecil", "{{ p.realisasi }}", "{{ anggaran.realisasi }}"),
        Column("Serapan", 21, "Tabel Angka Kecil", "{{ p.serapan }}", "{{ anggaran.tertimbang }}"),
        Column("Status", 28, "Tabel Isi Kecil", STATUS.replace("i.", "p.")),
    )
    table = doc.frame(columns)
    table.statement("if unit|length > 1")
    table.loop("for p in unit")
    table.statement("else")
    table.loop("for p in program")
    table.statement("endif")
    table.total([column.total for column in columns])
    doc.add(
        "Catatan Tabel",
        "Status {% if unit|length > 1 %}unit{% else %}program{% endif %} menurut serapan terhadap bagian pagu yang sebanding dengan triwulannya (25%, 50%, 75%, "
        "100%): ▲ 90% atau lebih, □ 60% sampai di bawah 90%, ▼ di bawah 60%.",
    )
    for field, title in (
        ("narasi.hambatan", "Hambatan utama"),
        ("narasi.dukungan_atasan", "Dukungan yang diminta dari atasan"),
    ):
        doc.add("Sub Ikhtisar", f"{{%p if {field} %}}", title)
        doc.add(
            "List Bullet",
            f"{{%p for teks in {field} %}}",
            "{%p if loop.index <= 3 %}",
            "{{ teks }}",
            "{%p endif %}",
            "{%p endfor %}",
        )
        doc.add("Body Text", "{%p endif %}")
    doc.add("Normal", "{%p endif %}")


def chapter_one(doc: TemplateDocument) -> None:
    """BAB I: why the report exists, and what the Camat has to do."""
    doc.add("heading 1", "BAB I\nPENDAHULUAN")
    doc.add("heading 2", "Latar Belakang")
    doc.add(
        "Body Text",
        "{% if identitas.pasal_pelaporan %}{{ identitas.pasal_pelaporan }} {% endif %}"
        "{{ identitas.peraturan_pelaporan }} mewajibkan {{ identitas.sebutan_camat }} menyampaikan laporan kinerja triwulan kepada "
        "{{ identitas.kepala_daerah }} {{ identitas.kabupaten }} paling lambat {{ periode.hari_kerja|bilang }} hari kerja sesudah "
        "triwulan berakhir. Laporan {{ periode.nama }} ini memuat kinerja dari {{ periode.rentang }} secara "
        "kumulatif dan disampaikan paling lambat tanggal {{ periode.batas_lapor }}.",
        "Laporan ini merupakan wujud akuntabilitas {{ identitas.jabatan }} atas kinerja yang telah "
        "diperjanjikan. Di dalamnya diuraikan hal-hal yang telah dan yang belum dicapai sampai dengan akhir "
        "{{ periode.nama }}, serta perbandingan antara rencana kegiatan dan anggaran dengan pelaksanaannya, "
        "sehingga efektivitas dan efisiensinya dapat dinilai.",
    )
    doc.add("heading 2", "Tugas dan Fungsi {{ identitas.sebutan_camat }}")
    doc.add("Body Text", "{%p if tugas_fungsi %}")
    doc.add(
        "Pengantar Daftar",
        "{{ identitas.sebutan_camat }} merupakan jabatan di {{ identitas.sebutan_kecamatan }} {{ identitas.kecamatan }}, "
        "{{ identitas.daerah }} {{ identitas.kabupaten }}, "
        "yang kedudukan, tugas, dan fungsinya diatur dengan {{ identitas.peraturan_kedudukan }}"
        "{% if identitas.pasal_kedudukan %}. Menurut {{ identitas.pasal_kedudukan }} peraturan tersebut, "
        "tugas dan fungsi {{ identitas.sebutan_camat }} adalah:{% else %}. "
        "Tugas dan fungsi {{ identitas.sebutan_camat }} adalah:{% endif %}",
    )
    doc.numbered("tugas_fungsi", "List Number", "{% if loop.last %}.{% else %};{% endif %}")
    doc.add("Body Text", "{%p else %}")
    doc.add(
        "Body Text",
        "Kedudukan, tugas, dan fungsi {{ identitas.sebutan_camat }} diatur dengan {{ identitas.peraturan_kedudukan }}.",
        "{%p endif %}",
    )


def chapter_two(doc: TemplateDocument) -> None:
    """BAB II: the Perjanjian Kinerja."""
    doc.add("heading 1", "BAB II\nPERENCANAAN KINERJA")
    doc.add("heading 2", "Perjanjian Kinerja")
    doc.add(
        "Body Text",
        "Perjanjian Kinerja Tahun {{ periode.tahun }} yang ditandatangani oleh {{ identitas.jabatan }} dan "
        "{{ identitas.pemberi_amanah }} memuat {{ ringkasan.jumlah_sasaran|bilang }} sasaran dengan "
        "{{ ringkasan.jumlah_indikator|bilang }} indikator kinerja, sebagaimana disajikan pada "
        '{{ rujuk("pk-sasaran") }}. {% if anggaran.anggaran_pk != "-" %}Untuk mewujudkannya dialokasikan '
        "anggaran sebesar {{ anggaran.anggaran_pk }} bagi {{ ringkasan.jumlah_program|bilang }} program, "
        'sebagaimana disajikan pada {{ rujuk("pk-anggaran") }}.{% else %}Program yang mendukungnya disajikan '
        'pada {{ rujuk("pk-anggaran") }}.{% endif %}',
    )
    doc.add(
        "caption",
        '{{ tabel("pk-sasaran", 2) }}\nSasaran, Indikator Kinerja, dan Target Perjanjian Kinerja '
        "Tahun {{ periode.tahun }}",
    )
    doc.table(
        (
            Column("No", 10, "Tabel Tengah", "{{ i.nomor }}"),
            Column("Sasaran", 54, "Tabel Isi", "{{ i.sasaran }}"),
            Column("Indikator Kinerja", 62, "Tabel Isi", "{{ i.nama }}"),
            Column("Target", 34, "Tabel Angka", with_unit("target", PLAIN, " ")),
        ),
        "for i in indikator",
    )
    signed = 'anggaran.anggaran_pk != "-"'
    doc.add(
        "caption",
        f'{{{{ tabel("pk-anggaran", 2) }}}}\nProgram{{% if {signed} %}} dan Anggaran{{% endif %}} '
        "Perjanjian Kinerja Tahun {{ periode.tahun }}",
    )
    columns = (
        Column("No", 10, "Tabel Tengah", "{{ p.nomor }}"),
        Column("Program", 88, "Tabel Isi", "{{ p.nama }}", "Jumlah"),
        Column("Anggaran", 37, "Tabel Angka", "{{ p.anggaran_pk }}", "{{ anggaran.anggaran_pk }}", signed),
        Column("Sumber Dana", 25, "Tabel Tengah", "{{ p.sumber_dana }}", when="ringkasan.ada_sumber_dana"),
    )
    table = doc.frame(columns)
    table.loop("for p in program")
    table.statement(f"if {signed}")
    table.total([column.total for column in columns])
    table.statement("endif")
    doc.gap()
    doc.reasons_of_pagu()
    doc.amendment(2, PORTRAIT_WIDTH)
    doc.quarterly_targets(2, PORTRAIT_WIDTH, PLAIN)


def chapter_three(doc: TemplateDocument) -> None:
    """BAB III: what was reached, at what cost, and what follows."""
    doc.add("heading 1", "BAB III\nAKUNTABILITAS KINERJA")
    achievement(doc)
    explanations(doc)
    cost_per_outcome(doc)
    evaluation(doc)
    follow_up(doc)
    response(doc)


def achievement(doc: TemplateDocument) -> None:
    """3.1: the table of capaian and the sentence that sums it up."""
    doc.add("heading 2", "Capaian Kinerja Organisasi")
    doc.add(
        "Body Text",
        "Capaian kinerja dihitung secara kumulatif dari {{ periode.rentang }} terhadap "
        '{% if pengaturan.dasar_capaian == "triwulan" %}target sampai dengan akhir {{ periode.nama }}'
        "{% else %}target setahun{% endif %}. "
        f"{INDICATORS_BY_STATUS}. "
        'Rinciannya disajikan pada {{ rujuk("capaian") }}.',
    )
    doc.add(
        "caption", '{{ tabel("capaian", 3) }}\nCapaian Kinerja {{ identitas.jabatan }} {{ periode.nama }}'
    )
    doc.add("Body Text", "{%p if ringkasan.ada_rupiah %}")
    doc.table(_achievement_wide(32, 30), "for i in indikator")
    doc.add("Body Text", "{%p elif ringkasan.ada_target_triwulan %}")
    doc.table(_achievement_wide(24, 21), "for i in indikator")
    doc.add("Body Text", "{%p else %}")
    doc.table(_ACHIEVEMENT, "for i in indikator")
    doc.add("Body Text", "{%p endif %}")
    legend_of_status(doc)
    doc.reasons()
    doc.when(
        "ringkasan.jumlah_indikator > 1 and ringkasan.rerata_capaian != '-'",
        "Body Text",
        "Rata-rata capaian indikator{% if ringkasan.nomor_tanpa_nilai %} yang dapat dihitung{% endif %} adalah "
        "{{ ringkasan.rerata_capaian }}{% if ringkasan.predikat_capaian %} dengan predikat "
        "{{ ringkasan.predikat_capaian }}{% endif %}.",
    )
    doc.chart(
        3,
        "capaian",
        "Capaian setiap indikator dibandingkan dengan targetnya pada",
        "Capaian Indikator Kinerja {{ periode.nama }} terhadap Targetnya",
    )
    doc.other_years(3, PORTRAIT_WIDTH, PLAIN)


def legend_of_status(doc: TemplateDocument) -> None:
    """What the words and signs of a status mean, but in the last quarter, which is judged by the target."""
    doc.when(
        "not periode.triwulan_terakhir",
        "Catatan Tabel",
        "Status: ● tercapai; ▲ sesuai jalur, 100% atau lebih dari tolok ukurnya; □ perlu perhatian, 75% sampai di "
        "bawah 100%; ▼ tertinggal, di bawah 75%. Tolok ukurnya target triwulan; tanpa target triwulan, bagian "
        "target setahun yang sebanding dengan triwulannya (25%, 50%, 75%; bagi dokumen, yang sudah jatuh tempo) "
        "bagi realisasi yang terkumpul sepanjang tahun, dan target setahun bagi yang lain.",
    )


REMARK = "{% if i.keterangan %}\n{{ i.keterangan }}{% endif %}"
QUARTER_HEADING = "{% if ringkasan.ada_target_triwulan %}\nTahun\n(Triwulan){% endif %}"
QUARTER_TARGET = (
    f'{{% if i.target_triwulan != "-" %}}\n({with_unit("target_triwulan", PLAIN, " ")}){{% endif %}}'
)
QUARTER_CAPAIAN = '{% if i.capaian_triwulan != "-" %}\n({{ i.capaian_triwulan }}){% endif %}'


def _capaian_before(width: float) -> Column:
    """Capaian of the quarter before, where that is at hand."""
    heading = "Capaian\n{{ periode.pembanding_singkat }}"
    return Column(heading, width, "Tabel Angka", "{{ i.lalu.capaian }}", when="periode.pembanding")


_ACHIEVEMENT = (
    Column("No", 8, "Tabel Tengah", "{{ i.nomor }}"),
    Column("Sasaran", 29, "Tabel Isi", "{{ i.sasaran }}"),
    Column("Indikator Kinerja", 31, "Tabel Isi", "{{ i.nama }}"),
    Column("Target", 18, "Tabel Angka", with_unit("target", PLAIN, " ")),
    Column("Realisasi", 18, "Tabel Angka", with_unit("realisasi", PLAIN, " ")),
    _capaian_before(17),
    Column("Capaian", 17, "Tabel Angka", "{{ i.capaian }}"),
    Column("Status dan Keterangan", 22, "Tabel Isi", f"{STATUS}{REMARK}"),
)


def _achievement_wide(target: float, realisasi: float) -> tuple[Column, ...]:
    """For two targets an indicator, or for amounts of money, which take more room."""
    goal = with_unit("target", PLAIN, " ") + QUARTER_TARGET
    return (
        Column("No", 8, "Tabel Tengah", "{{ i.nomor }}"),
        Column(
            "Sasaran dan Indikator Kinerja",
            93 - target - realisasi,
            "Tabel Isi",
            "{{ i.sasaran }}:\n{{ i.nama }}",
        ),
        Column(f"Target{QUARTER_HEADING}", target, "Tabel Angka", goal),
        Column("Realisasi", realisasi, "Tabel Angka", with_unit("realisasi", PLAIN, " ")),
        _capaian_before(17),
        Column(f"Capaian{QUARTER_HEADING}", 20, "Tabel Angka", "{{ i.capaian_tahun }}" + QUARTER_CAPAIAN),
        Column("Status dan Keterangan", 22, "Tabel Isi", f"{STATUS}{REMARK}"),
    )


def explanations(doc: TemplateDocument) -> None:
    """What stands behind each indicator: log, documents, formula."""
    doc.add("Body Text", "{%p for i in indikator %}")
    doc.add("heading 3", "Indikator {{ i.nomor }}: {{ i.nama }}")
    doc.add(
        "Body Text",
        "Indikator ini mengukur sasaran “{{ i.sasaran }}”. "
        "{% if i.ada_nilai %}Realisasinya sampai dengan {{ periode.akhir }} adalah "
        f"{with_unit('realisasi', PLAIN)} dari target {with_unit('target', PLAIN)}, sehingga capaiannya terhadap target setahun sebesar "
        "{{ i.capaian_tahun }}"
        '{% if i.capaian_triwulan != "-" %} dan terhadap target triwulan '
        f"({with_unit('target_triwulan', PLAIN)}) sebesar "
        "{{ i.capaian_triwulan }}{% endif %}. "
        '{% if i.status == "tercapai" %}Target telah tercapai.{% elif periode.triwulan_terakhir %}Target tidak tercapai.'
        '{% elif i.tolok_ukur == "target triwulan" or i.tolok_ukur == "target setahun" %}Statusnya {{ i.status }}.'
        "{% else %}Terhadap {{ i.tolok_ukur }}, capaiannya {{ i.terhadap_tolok_ukur }}: {{ i.status }}.{% endif %}"
        "{% else %}Capaiannya {{ i.status }}: {{ i.alasan }}.{% endif %}"
        "{% if i.turun %} Makin rendah realisasi indikator ini, makin baik kinerjanya.{% endif %}",
    )
    doc.add("Body Text", '{%p if i.jenis == "fasilitasi" %}')
    log(doc)
    doc.add("Body Text", '{%p elif i.jenis == "dokumen desa" %}')
    documents(doc)
    doc.add("Body Text", "{%p endif %}", '{%p if i.ada_rumus and i.realisasi != "-" %}')
    doc.add(
        "caption",
        '{{ tabel("rumus-" ~ i.nomor, 3) }}\nPerhitungan Realisasi dan Capaian Indikator {{ i.nomor }}',
    )
    doc.box(
        (
            (
                "Formulasi",
                "{{ i.uraian_pembilang }} ({{ i.pembilang }})\n÷ {{ i.uraian_penyebut }} ({{ i.penyebut }})\n× 100%",
            ),
            ("Realisasi", "{{ i.pecahan_realisasi }} × 100% = {{ i.realisasi }}"),
            (
                "Capaian",
                "{% if i.ada_nilai %}{{ i.pecahan_capaian }} × 100%{% if pengaturan.batas_capaian != 'tanpa' %}, paling tinggi {{ pengaturan.batas_capaian }}%,{% endif %} = {{ i.capaian_tahun }}{% else %}-{% endif %}",
            ),
        )
    )
    doc.add("Body Text", "{%p endif %}")
    doc.each("teks in i.penjelasan", "Body Text", "{{ teks }}")
    doc.when(
        "i.sumber_data or i.penanggung_jawab",
        "Body Text",
        "{% if i.sumber_data %}Sumber data: {{ i.sumber_data }}. {% endif %}"
        "{% if i.penanggung_jawab %}Penanggung jawab: {{ i.penanggung_jawab }}.{% endif %}",
    )
    doc.add("Body Text", "{%p endfor %}")
    doc.each("teks in narasi.penjelasan", "Body Text", "{{ teks }}")


def log(doc: TemplateDocument) -> None:
    """The log of an indicator of the kind fasilitasi."""
    doc.add(
        "Body Text",
        "Dari {{ i.penyebut }} fasilitasi dan koordinasi yang direncanakan pada Tahun {{ periode.tahun }}, "
        "{% if fasilitasi %}sebanyak {{ i.pembilang }} telah dilaksanakan dan hasilnya ditindaklanjuti dalam "
        "masa {{ periode.rentang }}, sebagaimana "
        "{% if fasilitasi|length > batas_log %}diringkas{% else %}disajikan{% endif %} pada "
        '{{ rujuk("log-" ~ i.nomor) }}{% if fasilitasi|length > batas_log %} dan dirinci pada Lampiran Catatan '
        "Fasilitasi dan Koordinasi{% endif %}."
        '{% elif i.pembilang == "-" %}banyaknya yang ditindaklanjuti belum dapat dihitung.'
        "{% else %}belum ada yang ditindaklanjuti dalam masa {{ periode.rentang }} (nihil).{% endif %}",
        "{%p if fasilitasi|length > batas_log %}",
    )
    doc.add(
        "caption",
        '{{ tabel("log-" ~ i.nomor, 3) }}\nBanyaknya Fasilitasi dan Koordinasi yang Ditindaklanjuti menurut Pelaksana '
        "dan Bulan",
    )
    month = "b in fasilitasi_bulan"
    doc.table(
        (
            Column("Pelaksana", 92, "Tabel Isi", "{{ x.nama }}", "Jumlah"),
            Column(
                "{{ b.nama }}", 27, "Tabel Tengah", "{{ x.bulan[loop.index0] }}", "{{ b.jumlah }}", each=month
            ),
            Column("Jumlah", 41, "Tabel Angka", "{{ x.jumlah }}", "{{ fasilitasi|length }}"),
        ),
        "for x in fasilitasi_pelaksana",
    )
    doc.add("Body Text", "{%p elif fasilitasi %}")
    doc.add("caption", '{{ tabel("log-" ~ i.nomor, 3) }}\nFasilitasi dan Koordinasi yang Ditindaklanjuti')
    doc.table(_LOG, "for f in fasilitasi")
    doc.add("Body Text", "{%p endif %}")


_LOG = (
    Column("No", 9, "Tabel Tengah", "{{ f.nomor }}"),
    Column("Jenis Fasilitasi", 43, "Tabel Isi", "{{ f.jenis_fasilitasi }}"),
    Column("Tanggal", 29, "Tabel Isi", "{{ f.tanggal }}"),
    Column("Bukti Pendukung", 48, "Tabel Isi", "{{ f.bukti_pendukung }}"),
    Column("Pelaksana", 31, "Tabel Isi", "{{ f.pelaksana }}"),
)
"""A date fits in one line."""


MADE = (
    '{% if d.jenis_tanggal == "penyampaian" %}menyampaikan{% else %}menetapkan{% endif %} {{ d.nama }} '
    "Tahun Anggaran {{ d.tahun_anggaran }}"
)


def documents(doc: TemplateDocument) -> None:
    """The village documents of an indicator of the kind dokumen desa."""
    doc.add(
        "Pengantar Daftar",
        f"Dokumen {DESA} yang dinilai sebanyak {{{{ ringkasan.jumlah_dokumen|bilang }}}} jenis untuk "
        f"{{{{ ringkasan.jumlah_desa|bilang }}}} {DESA}, dengan ketentuan:",
    )
    doc.add(
        "List Bullet",
        "{%p for d in dokumen %}",
        "{{ d.nama }} Tahun Anggaran {{ d.tahun_anggaran }}, batas waktu {{ d.batas_waktu }}"
        "{% if d.dasar_hukum %} ({{ d.dasar_hukum }}){% endif %}"
        "{% if d.uraian %}: {{ d.uraian }}{% else %}.{% endif %}",
        "{%p endfor %}",
    )
    doc.add(
        "Body Text",
        f"Penyebut indikator ini adalah semua dokumen setahun, yaitu {{{{ ringkasan.jumlah_desa }}}} {DESA} × "
        "{{ ringkasan.jumlah_dokumen }} jenis = {{ i.penyebut }} dokumen; sampai dengan {{ periode.akhir }} "
        "{% if ringkasan.dokumen_jatuh_tempo == 0 %}belum ada yang jatuh tempo"
        "{% elif ringkasan.dokumen_belum_tempo == 0 %}semuanya sudah "
        "jatuh tempo{% else %}yang sudah jatuh tempo {{ ringkasan.dokumen_jatuh_tempo }} dokumen{% endif %}.",
        "{%p for d in dokumen %}",
        "{%p if d.jatuh_tempo or d.ada_tanggal %}",
        f"{{% if d.jumlah_tepat == ringkasan.jumlah_desa %}}Seluruh {DESA} telah {MADE} tepat waktu"
        "{% elif d.jumlah_belum == ringkasan.jumlah_desa %}Sampai dengan {{ periode.akhir }} belum ada "
        f"{DESA} yang "
        f"{MADE}"
        f"{{% elif d.jumlah_tepat == 0 %}}Tidak ada {DESA} yang {MADE} tepat waktu"
        "{% else %}Sebanyak {{ d.jumlah_tepat|bilang }} dari {{ ringkasan.jumlah_desa|bilang }} "
        f"{DESA} telah "
        f"{MADE} tepat waktu{{% endif %}}"
        "{% if d.terlambat %}; yang terlambat adalah {{ identitas.sebutan_desa }} {{ d.terlambat|daftar }}{% endif %}"
        "{% if d.belum and d.jatuh_tempo and d.jumlah_belum != ringkasan.jumlah_desa %}; yang belum sampai "
        "dengan {{ periode.akhir }} adalah {{ identitas.sebutan_desa }} {{ d.belum|daftar }}{% endif %}. Rinciannya disajikan pada "
        '{{ rujuk("dokumen-" ~ i.nomor ~ "-" ~ d.nomor) }}.',
    )
    doc.add(
        "caption",
        '{{ tabel("dokumen-" ~ i.nomor ~ "-" ~ d.nomor, 3) }}\nKetepatan Waktu {{ d.nama }} '
        "Tahun Anggaran {{ d.tahun_anggaran }}",
    )
    doc.table(
        (
            Column("No", 10, "Tabel Tengah", "{{ x.nomor }}"),
            Column("{{ identitas.sebutan_desa }}", 42, "Tabel Isi", "{{ x.nama }}", "Jumlah tepat waktu"),
            Column(
                "Tanggal {{ d.jenis_tanggal|kalimat }}",
                38,
                "Tabel Isi",
                "{{ x.tanggal }}",
                f"{{{{ d.jumlah_tepat }}}} {DESA}",
            ),
            Column("Status", 28, "Tabel Isi", "{{ x.status|kalimat }}"),
            Column("Keterangan", 42, "Tabel Isi", "{{ x.keterangan }}", when="d.ada_keterangan"),
        ),
        "for x in d.desa",
    )
    doc.add(
        "Body Text",
        "{%p else %}",
        "{{ d.nama }} Tahun Anggaran {{ d.tahun_anggaran }} baru jatuh tempo pada {{ d.batas_waktu }}, sehingga "
        "belum dinilai pada {{ periode.nama }}.",
        "{%p endif %}",
        "{%p endfor %}",
    )


def cost_per_outcome(doc: TemplateDocument) -> None:
    """3.2: money against performance, one table with a band a sasaran, on a landscape page."""
    doc.add("heading 2", "Realisasi Anggaran dan Efisiensi")
    doc.add(
        "Body Text",
        f'{{% if anggaran.tertimbang != "-" %}}Sejak 1 Januari sampai dengan {{{{ periode.akhir }}}}, anggaran {OFFICE} '
        "terealisasi {{ anggaran.realisasi }} dari pagu {{ anggaran.pagu }} atau {{ anggaran.tertimbang }}, sehingga "
        f"sisa pagunya {{{{ anggaran.sisa }}}}. {{% else %}}Realisasi anggaran {OFFICE} belum dapat dihitung seluruhnya. "
        "{% endif %}"
        "{% if ringkasan.program_tanpa_realisasi|length == ringkasan.jumlah_program %}Belum ada program yang "
        "anggarannya terealisasi (nihil). "
        f"{{% else %}}{EXTREMES}"
        "{% if ringkasan.program_tanpa_realisasi %}Program yang belum ada realisasinya (nihil) adalah "
        "{{ ringkasan.program_tanpa_realisasi|daftar }}. {% endif %}"
        "{% endif %}"
        'Rinciannya disajikan pada {{ rujuk("anggaran") }}, dan biaya setiap sasaran (cost per outcome) pada '
        '{{ rujuk("biaya") }}.',
    )
    doc.each(
        "p in program",
        "Body Text",
        "{%p if p.penjelasan %}",
        "{{ p.nama }} ({{ p.status }}): {{ p.penjelasan|join(' ') }}",
        "{%p endif %}",
    )
    doc.chart(
        3,
        "anggaran",
        "Serapan anggaran setiap program digambarkan pada",
        "Serapan Anggaran setiap Program sampai dengan {{ periode.akhir }}",
    )
    spending(doc)  # after the chart, since a table can go on to the next page
    doc.footer(doc.section(landscape=True), FOOTER, "Footer Lebar")
    doc.add("caption", '{{ tabel("biaya", 3) }}\nBiaya per Hasil (Cost per Outcome) {{ periode.nama }}')
    doc.add("Body Text", "{%p if ringkasan.ada_rupiah %}")
    _cost_table(doc, 33.5)
    doc.add("Body Text", "{%p else %}")
    _cost_table(doc, 27)
    doc.add("Body Text", "{%p endif %}")
    doc.add(
        "Catatan Tabel",
        f"{EFFICIENCY}"
        '{% if pengaturan.rumus_efisiensi != "pmk 214" %} Pada baris sasaran, capaian anggaran adalah rata-rata '
        "pencapaian anggarannya.{% endif %}"
        " Tanda “-” berarti tidak diukur atau tidak dapat dihitung; angka dihitung dari yang belum dibulatkan.",
    )


def _cost_table(doc: TemplateDocument, measures: float) -> None:
    """The table of costs, with columns of a width for target and realisasi."""
    columns = (
        Column("Sasaran dan Program", 46, "Tabel Isi Kecil", "{{ p.nomor }}. {{ p.nama }}"),
        Column("Indikator Kinerja", 107 - 2 * measures, "Tabel Isi Kecil", "{{ p.indikator_program }}"),
        Column("Pagu", 34, "Tabel Angka Kecil", "{{ p.pagu }}"),
        Column("Realisasi Anggaran", 34, "Tabel Angka Kecil", "{{ p.realisasi }}"),
        Column("Capaian Anggaran", 21, "Tabel Angka Kecil", "{{ p.serapan }}"),
        Column("Target Kinerja", measures, "Tabel Angka Kecil", "{{ p.target }}"),
        Column("Realisasi Kinerja", measures, "Tabel Angka Kecil", "{{ p.realisasi_kinerja }}"),
        Column("Capaian Kinerja", 18, "Tabel Angka Kecil", "{{ p.capaian_kinerja }}"),
        Column("Efisiensi ({{ pengaturan.satuan_efisiensi }})", 20, "Tabel Angka Kecil", "{{ p.efisiensi }}"),
    )
    averaged = (
        '{% if pengaturan.rerata_anggaran == "tertimbang" %}tertimbang: realisasi ÷ pagu'
        "{% else %}rata-rata serapan{% endif %}"
    )
    figures = ("{{ i.target }}", "{{ i.realisasi }}", "{{ i.capaian }}")
    one = "{% if s.indikator|length == 1 %}{{ s.efisiensi }}{% endif %}"
    several = "{% if s.indikator|length > 1 %}{{ s.efisiensi }}{% endif %}"
    mean = "{% if s.indikator|length > 1 %}{{ s.capaian }}{% endif %}"
    none = (
        "{% if s.program_lain %}Anggarannya dihitung pada sasaran lain.{% else %}Belum ada program yang mendukung "
        "sasaran ini.{% endif %}"
    )
    budget = ("{{ s.pagu }}", "{{ s.realisasi }}", "{{ s.tertimbang }}")
    table = doc.frame(columns, "Tabel Kepala Kecil")
    table.statement("for s in sasaran")
    table.statement("for i in s.indikator")
    goal = "{%p if loop.first %}\fSasaran {{ s.nomor }}: {{ s.nama }}\f{%p endif %}\fIndikator {{ i.nomor }}: {{ i.nama }}"
    table.band((goal, None, None, None, None, *figures, one))
    table.statement("endfor")
    table.loop("for p in s.program")
    table.statement("if s.program")
    table.total(("Jumlah Sasaran {{ s.nomor }}", None, *budget, "", "", "", ""))
    table.statement("if s.program|length > 1 or s.indikator|length > 1")
    table.total(
        (
            f"Rata-rata Pencapaian Anggaran ({averaged})",
            None,
            "",
            "",
            "{{ s.rerata }}",
            "",
            "",
            mean,
            several,
        )
    )
    table.statement("endif")
    table.statement("else")
    table.row(("Nihil", none, *["-"] * 7))
    table.statement("endif")
    table.statement("if s.program_lain")
    table.row(("Juga didukung {{ s.program_lain|daftar }}", *[None] * 8))
    table.statement("endif")
    table.statement("endfor")
    whole = ("{{ anggaran.pagu }}", "{{ anggaran.realisasi }}", "{{ anggaran.tertimbang }}")
    table.band(("Jumlah Seluruh Program (setiap program satu kali)", None, *whole, "", "", "", ""))


def spending(doc: TemplateDocument) -> None:
    """The programmes, each once: what is left of the pagu, and the quarter before."""
    doc.add("caption", '{{ tabel("anggaran", 3) }}\nRealisasi Anggaran setiap Program {{ periode.nama }}')
    doc.add("Body Text", "{%p if periode.pembanding %}")
    doc.table(_spending(31, 18.5, 22), "for p in program")
    doc.add("Body Text", "{%p else %}")
    doc.table(_spending(49.5, 0, 22), "for p in program")
    doc.add("Body Text", "{%p endif %}")
    doc.reasons_of_pagu()
    doc.quarterly_spending(3, PORTRAIT_WIDTH)


def _spending(program: float, before: float, share: float) -> tuple[Column, ...]:
    """The columns of what is spent, with serapan of the quarter before where that has a width."""
    earlier = "Serapan {{ periode.pembanding_singkat }}"
    columns = (
        Column("Program", program, "Tabel Isi Kecil", "{{ p.nomor }}. {{ p.nama }}", "Jumlah"),
        Column("Pagu", 29.5, "Tabel Angka Kecil", "{{ p.pagu }}", "{{ anggaran.pagu }}"),
        Column("Realisasi", 29.5, "Tabel Angka Kecil", "{{ p.realisasi }}", "{{ anggaran.realisasi }}"),
        Column("Sisa Pagu", 29.5, "Tabel Angka Kecil", "{{ p.sisa }}", "{{ anggaran.sisa }}"),
        Column(earlier, before, "Tabel Angka Kecil", "{{ p.lalu.serapan }}", "{{ anggaran.lalu.serapan }}"),
        Column("Serapan", share, "Tabel Angka Kecil", "{{ p.tanda }}\N{NO-BREAK SPACE}{{ p.serapan }}", "{{ anggaran.tertimbang }}"),
    )  # fmt: skip
    return tuple(column for column in columns if column.width)


def evaluation(doc: TemplateDocument) -> None:
    """3.3: the strategies, what helped and what hindered."""
    doc.footer(doc.section(), FOOTER)
    doc.add("heading 2", "Evaluasi dan Analisis Kinerja")
    doc.each(
        "k in ringkasan.status_sasaran",
        "Body Text",
        "Sasaran yang {{ k.status }} sampai dengan {{ periode.akhir }} adalah {{ k.anggota|kutip|daftar }}.",
    )
    doc.chart(
        3,
        "tren",
        "Perkembangan capaian indikator kinerja dan serapan anggaran sampai dengan {{ periode.nama }} "
        "digambarkan pada",
        "Perkembangan Capaian Kinerja dan Serapan Anggaran Tahun {{ periode.tahun }}",
    )
    doc.add(
        "Body Text",
        "{%p if strategi %}",
        "Strategi yang digunakan untuk mencapai target kinerja pada {{ periode.nama }} disajikan pada "
        '{{ rujuk("strategi") }}.',
    )
    doc.add("caption", '{{ tabel("strategi", 3) }}\nStrategi untuk Mencapai Target Kinerja')
    steps = "{%p for l in s.langkah %}\f{{ l.nomor }}.\t{{ l.uraian }}\f{%p endfor %}"
    columns = (
        Column("No", 10, "Tabel Tengah", "{{ s.nomor }}"),
        Column("Indikator Kinerja", 48, "Tabel Isi", "{{ s.indikator }}"),
        Column("Strategi yang Digunakan", 70, "Tabel Langkah", steps),
        Column("Waktu", 32, "Tabel Isi", "{{ s.waktu|daftar }}"),
    )
    doc.add("Body Text", "{%p if ringkasan.ada_waktu_strategi %}")
    doc.table(columns, "for s in strategi")
    doc.add("Body Text", "{%p else %}")
    without = Column("Strategi yang Digunakan", 102, "Tabel Langkah", steps)
    doc.table((*columns[:2], without), "for s in strategi")
    doc.add("Body Text", "{%p endif %}")
    doc.add(
        "Body Text",
        "Strategi tersebut disepakati oleh tim penyusun SAKIP {{ identitas.sebutan_kecamatan }} {{ identitas.kecamatan }} dan disesuaikan "
        "apabila target belum dapat dicapai secara efektif dan efisien.",
        "{%p else %}",
        "Strategi untuk mencapai target kinerja pada {{ periode.nama }} belum ditetapkan (nihil).",
        "{%p endif %}",
    )
    doc.bullets("narasi.faktor_pendukung", "Faktor yang mendukung pencapaian kinerja:")
    doc.bullets("narasi.hambatan", "Hambatan yang dihadapi:")
    doc.bullets("narasi.solusi", "Cara mengatasinya:")


def follow_up(doc: TemplateDocument) -> None:
    """3.4: what will be done next."""
    doc.add("heading 2", "Rencana Tindak Lanjut")
    doc.former_plans(3)
    doc.next_steps(
        "Untuk mewujudkan target yang tertuang dalam Perjanjian Kinerja, pada {{ periode.berikutnya }} akan "
        "dilakukan langkah-langkah berikut:",
    )
    doc.add("Body Text", "{%p else %}", "Nihil.", "{%p endif %}")


def response(doc: TemplateDocument) -> None:
    """3.5: the tick list that the superior fills in by hand, and signs."""
    doc.add("heading 2", "Tanggapan Atasan Langsung")
    doc.add(
        "Kotak Centang",
        "Laporan sudah baik",
        "Laporan kurang baik",
        "Laporan segera diperbaiki",
        "Target dan realisasi diteliti ulang",
        "Capaian diteliti ulang",
        "Lain-lain:",
    )
    doc.add("Garis Isian", "\t", "\t")
    doc.superior()


def chapter_four(doc: TemplateDocument) -> None:
    """BAB IV: conclusions that follow the figures, and the signature."""
    doc.add("heading 1", "BAB IV\nPENUTUP")
    doc.add("Pengantar Daftar", "Laporan Kinerja {{ periode.nama }} ini dapat disimpulkan sebagai berikut:")
    conclusions(doc)
    doc.signature("Demikian laporan ini disusun untuk dipergunakan sebagaimana mestinya.")


def conclusions(doc: TemplateDocument) -> None:
    """What follows from the figures, what lags and why by the office's own words, and what is done about it."""
    doc.add(
        "Daftar Simpulan",
        f"{INDICATORS_BY_STATUS}.{{% if ringkasan.rerata_capaian != '-' %}} "
        "{% if ringkasan.jumlah_indikator == 1 %}Capaiannya{% else %}Rata-rata capaian"
        "{% if ringkasan.nomor_tanpa_nilai %} yang dapat dihitung{% else %}nya{% endif %}{% endif %} "
        "{{ ringkasan.rerata_capaian }}"
        "{% if ringkasan.predikat_capaian %} dengan predikat {{ ringkasan.predikat_capaian }}{% endif %}.{% endif %}",
        '{%p if anggaran.tertimbang != "-" %}',
        "Anggaran terealisasi {{ anggaran.realisasi }} dari pagu {{ anggaran.pagu }} atau {{ anggaran.tertimbang }}"
        "{% if not periode.triwulan_terakhir %}, yaitu {{ anggaran.terhadap_tolok_ukur }} dari bagian yang sebanding "
        "dengan triwulan ini ({{ anggaran.tolok_ukur }}){% endif %}: {{ anggaran.status }}. "
        f"{{% if ringkasan.program_tanpa_realisasi|length != ringkasan.jumlah_program %}}{EXTREMES}{{% endif %}}",
        "{%p endif %}",
        "{%p if ringkasan.dokumen_jatuh_tempo %}",
        f"Dokumen {DESA} yang sudah jatuh tempo dan tepat waktu: {{% for d in dokumen if d.jatuh_tempo %}}"
        "{{ d.nama }} Tahun Anggaran {{ d.tahun_anggaran }} pada {{ d.jumlah_tepat|bilang }} dari "
        f"{{{{ ringkasan.jumlah_desa|bilang }}}} {DESA}{{% if not loop.last %}}; {{% endif %}}{{% endfor %}}.",
        "{%p endif %}",
        "{%p if ringkasan.ada_tertinggal %}",
        "Yang perlu perhatian atau tertinggal:",
        "{%p endif %}",
    )
    doc.each(
        "i in indikator",
        "Butir Simpulan",
        "{%p if i.tertinggal %}",
        "Indikator {{ i.nomor }}, {{ i.nama }} ({{ i.status }}, {{ i.terhadap_tolok_ukur }} terhadap {{ i.tolok_ukur }})"
        "{% if i.penjelasan %}: {{ i.penjelasan|join(' ') }}{% else %}.{% endif %}",
        "{%p endif %}",
    )
    doc.each(
        "p in program",
        "Butir Simpulan",
        "{%p if p.tertinggal %}",
        "{{ p.nama }} ({{ p.status }}, serapan {{ p.serapan }})"
        "{% if p.penjelasan %}: {{ p.penjelasan|join(' ') }}{% else %}.{% endif %}",
        "{%p endif %}",
    )
    doc.each("teks in narasi.simpulan", "Daftar Simpulan", "{{ teks }}")
    doc.when(
        "strategi",
        "Daftar Simpulan",
        "Strategi yang ditempuh untuk mencapai target: {% for s in strategi %}{% set akhir = loop.last %}"
        "{% for l in s.langkah %}{{ l.uraian|sisipan }}{% if not (akhir and loop.last) %}; {% endif %}"
        "{% endfor %}{% endfor %}.",
    )
    doc.add(
        "Simpulan Akhir",
        "{%p if rencana_lalu %}",
        "Dari {{ rencana_lalu|length|bilang }} rencana tindak lanjut yang dilaporkan sebelumnya, "
        "{% for k in ringkasan.status_rencana %}{% if loop.last and not loop.first %} dan {% elif not loop.first %}, "
        "{% endif %}{{ k.jumlah|bilang }} {{ k.status }}{% endfor %}.",
        "{%p endif %}",
        "{%p if tindak_lanjut %}",
        "Untuk {{ periode.berikutnya }} direncanakan {{ tindak_lanjut|length|bilang }} langkah tindak lanjut.",
        "{%p endif %}",
    )


def annex(doc: TemplateDocument) -> None:
    """The annex: the activities with their photos."""
    doc.add("Judul Lampiran", "{%p if kegiatan %}", "LAMPIRAN\nDOKUMENTASI KEGIATAN")
    doc.table(
        (
            Column("No", 10, "Tabel Tengah", "{{ k.nomor }}"),
            Column("Kegiatan", 62, "Tabel Isi", "{{ k.nama }}\f{{ k.tanggal }}\f{{ k.uraian }}"),
            Column(
                "Dokumentasi",
                88,
                "Tabel Tengah",
                "{%p if k.foto %}\f{{ k.foto }}\f{%p else %}\f"
                "Foto Kosong\vFoto belum tersedia\f"
                "Foto Kosong\v{% if k.nama_foto %}{{ k.nama_foto }}{% elif k.masalah_foto %}Gambar di buku kerja{% endif %}"
                "{% if k.masalah_foto %} ({{ k.masalah_foto }}){% endif %}\f"
                "{%p endif %}",
            ),
        ),
        "for k in kegiatan",
    )
    doc.add("Body Text", "{%p endif %}")


def annex_of_log(doc: TemplateDocument) -> None:
    """The annex: a log that is too long for its chapter."""
    doc.add(
        "Judul Lampiran",
        '{%p if fasilitasi|length > batas_log and "fasilitasi" in indikator|map(attribute="jenis")|list %}',
        "LAMPIRAN\nCATATAN FASILITASI DAN KOORDINASI",
    )
    doc.table(_LOG, "for f in fasilitasi")
    doc.add("Body Text", "{%p endif %}")


if __name__ == "__main__":
    build().save(TARGET)
    print(TARGET)
