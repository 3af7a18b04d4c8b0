"""Mistakes in a template are told in Indonesian, all at once, each with its place and what is meant."""

# ruff: noqa: E501 - a mistake and its right use are read across

from collections.abc import Iterator, Mapping

import pytest
from docx.document import Document

from lkt.errors import LktError, TemplateError
from lkt.pipeline import run
from lkt.report.build import build_report
from lkt.report.catalogue import FIELDS
from lkt.report.templates import FILTERS, KNOWN, example_report
from lkt.wordtemplate import Field, build, compile_template
from lkt.wordtemplate.fields import ValueKind, all_kinds
from lkt.wordtemplate.values import RichValue
from lkt.workbook.reader import read_workbook
from tests.builders import EXAMPLES
from tests.report.report_text import result_of, sentences
from tests.wordtemplate.docx_builder import PROPERTIES, Block, Heading, Xml, compiled, make, problem, problems

# How tags are written, and where blocks stand --------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{{ }}", "isinya belum lengkap"),
        ("{{ a. }}", "penulisannya tidak dapat dibaca"),
        ("{{ a b }}", "penulisannya tidak dapat dibaca"),
        ("{{ 'a }}", 'tanda "\'" tidak dapat dipakai'),
        ("{% if %}x{% endif %}", "isinya belum lengkap"),
        ("{% for x y %}x{% endfor %}", "penulisannya tidak dapat dibaca"),
        ("{{ 'a' if b }}", "«if» di dalam tag isian memerlukan «else»"),
        ("{% %}", "perintah «» tidak dikenal"),
        ("{% include 'a' %}", "perintah «include» tidak dikenal"),
        ("{% if a %}x{% else b %}y{% endif %}", "sesudah «else» tidak boleh"),
        ("{{ a|uper }}", "penyaring «uper» tidak dikenal. Maksud Anda «upper»?"),
        ("{{ a|safe }}", "penyaring «safe» tidak dikenal."),
        ("{% if a is definde %}x{% endif %}", "pengujian «is definde» tidak dikenal. Maksud Anda «defined»?"),
        ("{{ tabell('a') }}", "fungsi «tabell» tidak dikenal. Maksud Anda «tabel»?"),
        ("a {{ b", "tanda {{ adalah pembuka tanpa penutup"),
        ("a {% if b", "tanda {% adalah pembuka tanpa penutup"),
        ("a }} b", "tanda }} adalah penutup tanpa pembuka"),
        ("{{ a {{ b }}", "tanda {{ adalah pembuka tanpa penutup"),
        ("{% for x in y %}", "belum ditutup; tambahkan {% endfor %}."),
        ("{% if y %}", "belum ditutup; tambahkan {% endif %}."),
        ("{% for loop in y %}{% endfor %}", "nama ini tidak boleh dipakai"),
        ("{% endfor %}", "tidak ada «for» yang dapat ditutup"),
        ("{% else %}", "tidak ada «if» yang menaungi"),
        ("{% for x in y %}{% elif z %}{% endfor %}", "tidak ada «if» yang menaungi"),
        ("{% if y %}{% else %}{% elif z %}{% endif %}", "tidak ada «if» yang menaungi"),
        ("{{{ x }}}", "kurung kurawalnya tidak seimbang"),
        ("{%tr if x %}", "tidak berada di dalamnya"),
        ("{%p if x %} isi", "harus sendirian dalam satu paragraf"),
    ],
)
def test_a_mistake_that_is_seen_without_data(text: str, reason: str) -> None:
    assert reason in problems(text)[0]


RUN = "<w:r><w:t>{}</w:t></w:r>"
SECTION = Xml(f"<w:p><w:pPr><w:sectPr/></w:pPr>{RUN.format('{%p if x %}')}</w:p>")
LINK = Xml(
    f"<w:p>{RUN.format('{% if x %}')}<w:hyperlink w:anchor='a'>{RUN.format('{% endif %}')}</w:hyperlink></w:p>"
)


@pytest.mark.parametrize(
    ("blocks", "words"),
    [
        (([["{%tr for x in y %}", "isi"], ["{%tr endfor %}", ""]],),
         "tabel 1, baris 1, kolom 1: {%tr for x in y %} — tag ini harus sendirian dalam satu baris tabel"),
        ((SECTION, "{%p endif %}"), "harus sendirian"),
        (([["{%tr for x in y %}"], ["a"]], "{%p endfor %}"),
         "isi dokumen, paragraf 1 («{%p endfor %}»): {%p endfor %} — pasangannya, {%tr for x in y %} di isi dokumen, tabel 1, baris 1, kolom 1, berada"),

        ((LINK,), "berada di tempat lain"),
        (("{%p for x in y %}", "a", "{%p if b %}", "{%p endfor %}"),
         "isi dokumen, paragraf 3 («{%p if b %}»): {%p if b %} — belum ditutup; tambahkan {%p endif %}."),
        ((Heading("BAB I"), "Dalam kurun waktu tiga bulan pelaksanaan kegiatan {{ x. }}"),
         "BAB I > paragraf 2 («Dalam kurun waktu tiga bulan …»)"),
        (("awal", Heading("BAB I A"), "satu", Heading("BAB II B"), "dua", [["a"]], [["b", "{{ x. }}"]]),
         "isi dokumen, BAB II B > tabel 2, baris 1, kolom 2: {{ x. }} — "),
    ],
)  # fmt: skip
def test_a_mistake_and_its_place(blocks: tuple[Block, ...], words: str) -> None:
    (found,) = problems(*blocks)
    assert words in found


def test_the_right_use_of_each_is_no_mistake() -> None:
    compiled(
        "{{ a|upper }}{% if a is defined %}{{ tabel('a') }}{% else %}{% endif %}{% for x in y %}{% endfor %}"
    )


def test_all_mistakes_of_all_parts_are_told_at_once() -> None:
    def change(document: Document) -> None:
        document.sections[0].header.paragraphs[0].text = "{{ a| }}"
        document.sections[0].footer.paragraphs[0].text = "{{ b"

    found = problems("{{ c|uper }}", [["", "{{ d. }}"]], "{% endif %}", change=change)
    assert [text.partition(" (")[0].partition(": ")[0] for text in found] == [
        "isi dokumen, paragraf 1",
        "isi dokumen, tabel 1, baris 1, kolom 2",
        "isi dokumen, paragraf 2",
        "kepala halaman 1, paragraf 1",
        "kaki halaman 1, paragraf 1",
    ]


def test_the_message_counts_the_mistakes() -> None:
    with pytest.raises(TemplateError, match=r"Templat «uji\.docx» memuat 2 kesalahan") as caught:
        compile_template(make("{{ a. }}", "{{ b. }}"), "uji.docx")
    assert caught.value.hint


# What only filling in shows --------------------------------------------------------------------------------


def render_problem(text: str, **context: object) -> str:
    """The problem without its place."""
    return problem(text, **context).partition(" — ")[2]


def test_an_unknown_field() -> None:
    assert (
        render_problem("{{ kecamtan }}", kecamatan="A")
        == "nama «kecamtan» tidak dikenal. Maksud Anda «kecamatan»?"
    )
    assert render_problem("{{ a.realsasi }}", a={"realisasi": 1}).endswith("Maksud Anda «realisasi»?")
    assert render_problem("{{ a.b }}", a={}) == "nama «b» tidak dikenal."
    assert render_problem("{{ a.b.c }}", a={}) == "nama «b» tidak dikenal."
    assert render_problem("{% if zz %}{% endif %}") == "nama «zz» tidak dikenal."
    assert render_problem("{% for x in zz %}{% endfor %}") == "nama «zz» tidak dikenal."


def test_the_place_of_a_failure_among_many_tags() -> None:
    table = [
        ["{%tr for x in daftar %}", ""],
        ["{{ x }} {{ x }}", "{{ x.nama }} {{ x }}"],
        ["{%tr endfor %}", ""],
    ]
    found = problem("{{ a }} {{ a }}", table, "{{ a }}", a="1", daftar=["p"])
    assert found == "isi dokumen, tabel 1, baris 2, kolom 2: {{ x.nama }} — nama «nama» tidak dikenal."


def test_a_missing_item() -> None:
    assert "tidak ada" in render_problem("{{ (x|first) }}", x=[])
    assert "tidak ada" in render_problem("{{ x[3] }}", x=["a"])


def test_a_value_of_the_wrong_kind() -> None:
    assert render_problem("{{ 'a' + 1 }}").startswith("tidak dapat dihitung; periksa jenis dan jumlah isian")
    assert render_problem("{{ tabel() }}").startswith("tidak dapat dihitung")


def test_a_filter_of_the_caller() -> None:
    def rupiah(value: int) -> str:
        if value < 0:
            raise LktError("Nilai negatif.")
        return f"Rp{value}"

    template = compiled("{{ x|rupiah }}", filters={"rupiah": rupiah})
    assert template.render({"x": 5}, properties=PROPERTIES)
    with pytest.raises(TemplateError, match="Nilai negatif"):
        template.render({"x": -5}, properties=PROPERTIES)


def test_a_failure_in_a_header() -> None:
    def change(document: Document) -> None:
        document.sections[0].header.paragraphs[0].text = "{{ a }}"

    template = compile_template(make("isi", change=change), "uji.docx")
    with pytest.raises(TemplateError, match=r"kepala halaman 1, paragraf 1 .* nama «a» tidak dikenal"):
        template.render({}, properties=PROPERTIES)


# Names and kinds that do not fit the fields ----------------------------------------------------------------


def found(*blocks: Block) -> list[str]:
    """The mistakes of a template, without the place."""
    return [text.split(": ", 1)[1] for text in misfits_of(*blocks)]


def misfits_of(*blocks: Block) -> tuple[str, ...]:
    try:
        compile_template(make(*blocks), "uji.docx", FILTERS, KNOWN)
    except TemplateError as error:
        return error.problems
    return ()


@pytest.mark.parametrize(
    ("wrong", "reason", "right"),
    [
        # names
        ("{{ kecamtan }}", "nama «kecamtan» tidak dikenal. Maksud Anda «identitas.kecamatan»?",
         "{{ identitas.kecamatan }}"),
        ("{{ nama_camat }}", "Maksud Anda «identitas.nama_camat»?", "{{ identitas.nama_camat }}"),
        ("{{ periode.nma }}", "nama «nma» tidak dikenal. Maksud Anda «nama»?", "{{ periode.nama }}"),
        ('{{ periode["nma"] }}', "Maksud Anda «nama»?", '{{ periode["nama"] }}'),
        ("{{ xyzzy }}", "nama «xyzzy» tidak dikenal.", "{{ logo }}"),
        ("{% for i in indikator %}{{ i.nma }}{% endfor %}", "Maksud Anda «nama»?",
         "{% for i in indikator %}{{ i.nama }}{% endfor %}"),
        ("{% for s in sasaran %}{% for p in s.program %}{{ p.pgu }}{% endfor %}{% endfor %}",
         "nama «pgu» tidak dikenal. Maksud Anda «pagu»?",
         "{% for s in sasaran %}{% for p in s.program %}{{ p.pagu }}{% endfor %}{% endfor %}"),
        ("{{ serapan }}", "«serapan» ada di dalam «program» dan «unit»: pakai p.serapan di dalam {% for p in program %}, atau",
         "{% for p in program %}{{ p.serapan }}{% endfor %}"),
        ("{{ pagu }}", "Maksud Anda «anggaran.pagu»? «pagu» juga ada di dalam «sasaran» dan «program»",
         "{{ anggaran.pagu }}"),
        ("{{ status }}", "pakai i.status di dalam {% for i in indikator %}, atau s.status di dalam",
         "{% for i in indikator %}{{ i.status }}{% endfor %}"),
        ("{{ perubahan }}", "pakai i.lalu.perubahan di dalam {% for i in indikator %}",
         "{% for i in indikator %}{{ i.lalu.perubahan }}{% endfor %}"),
        ("{% for i in indikator %}{{ nama }}{% endfor %}", "Maksud Anda «i.nama»?",
         "{% for i in indikator %}{% set nama = i.nama %}{{ nama }}{% endfor %}"),
        ("{% for i in indikator %}{% endfor %}{{ i.nama }}",
         "«i» hanya dikenal di dalam {% for i in indikator %}",
         "{% for i in indikator %}{% endfor %}{{ (indikator|first).nama }}"),
        ("{{ loop.index }}", "«loop» hanya dikenal di dalam {% for … %}.",
         "{% for i in indikator %}{{ loop.index }}{% endfor %}"),
        ("{% for i in indikator %}{{ loop.indx }}{% endfor %}", "Maksud Anda «index»?",
         "{% for i in indikator %}{% if loop.first %}{{ loop.index }}{% endif %}{% endfor %}"),
        ("{% if zz %}{% endif %}", "nama «zz» tidak dikenal.", "{% if zz is defined %}{% endif %}"),
        ("{% set x = periode.zz %}", "nama «zz» tidak dikenal.", "{% set x = periode.nama %}{{ x }}"),
        ("{% for i in indikator if i.zz %}{% endfor %}", "nama «zz» tidak dikenal.",
         "{% for i in indikator if i.tercapai %}{% endfor %}"),
        ("{{ tabel }}", "«tabel» adalah fungsi; tambahkan tanda kurung", '{{ tabel("a") }}'),
        ('{{ indikator|map(attribute="nma")|daftar }}', "Maksud Anda «nama»?",
         '{{ indikator|map(attribute="nama")|daftar }}'),
        ('{{ indikator|selectattr("zz")|list|length }}', "nama «zz» tidak dikenal.",
         '{{ indikator|selectattr("tercapai")|list|length }}'),
        # what is inside what
        ("{{ indikator.nama }}", "«indikator» adalah daftar; pakai i.nama di dalam {% for i in indikator %}.",
         "{{ indikator[0].nama }}"),
        ("{{ indikator.zz }}", "bagian setiap butirnya dipakai di dalam {% for i in indikator %}.",
         "{% for i in indikator %}{{ i.nama }}{% endfor %}"),
        ("{{ periode.nama.zz }}", "«periode.nama» adalah teks; tidak ada «zz» di dalamnya.",
         "{{ periode.nama }}"),
        # what can be printed and repeated
        ("{{ indikator }}", "«indikator» adalah daftar; pakai {% for i in indikator %}, lalu misalnya {{ i.nomor }}.",
         "{{ indikator|length }}"),
        ("{{ tugas_fungsi }}", "«tugas_fungsi» adalah daftar; pakai {{ tugas_fungsi|daftar }}",
         "{{ tugas_fungsi|daftar }}"),
        ("{{ periode }}", "«periode» adalah kelompok isian; sebut salah satu bagiannya, misalnya {{ periode.triwulan }}.",
         "{{ periode.triwulan }}"),
        ("{{ ringkasan.ada_foto }}", "bernilai ya atau tidak; pakai di dalam {% if ringkasan.ada_foto %}.",
         "{% if ringkasan.ada_foto %}x{% endif %}"),
        ("{% for x in identitas.kecamatan %}{% endfor %}",
         "«identitas.kecamatan» adalah teks, bukan daftar; {% for %} memerlukan daftar.",
         "{% for x in tugas_fungsi %}{{ x }}{% endfor %}"),
        ("{% for x in ringkasan.jumlah_desa %}{% endfor %}", "adalah bilangan, bukan daftar",
         "{% for x in dokumen %}{% for y in x.desa %}{{ y.nama }}{% endfor %}{% endfor %}"),
        ("{% for x in periode %}{% endfor %}", "adalah kelompok isian, bukan daftar",
         "{% for b in kegiatan|batch(2) %}{% for k in b %}{{ k.nama }}{% endfor %}{% endfor %}"),
        # pictures, numbers, references
        ('{{ logo ~ "x" }}', "harus berdiri sendiri dalam tagnya", "{{ logo }}"),
        ('{{ logo + "x" }}', "harus berdiri sendiri dalam tagnya", "{{ logo }}x"),
        ("{{ logo|upper }}", "harus berdiri sendiri dalam tagnya", '{{ logo if logo else "" }}'),
        ('{{ "x" ~ tabel("a") }}', "harus berdiri sendiri dalam tagnya", 'x{{ tabel("a") }}'),
        ("{{ tabel(logo) }}", "harus berdiri sendiri dalam tagnya", '{{ tabel("a", periode.triwulan) }}'),
        ("{{ tabel() }}", "isi kurung «tabel» kurang, berlebih, atau salah nama", '{{ tabel("a", chapter=3) }}'),
        ('{{ rujuk("a") }}', "tidak ada tabel atau gambar dengan kunci «a».", '{{ rujuk("a") }}{{ tabel("a", 3) }}'),
        ('{{ rujuk("capain") }}{{ tabel("capaian") }}', "Maksud Anda «capaian»?",
         '{{ rujuk("capaian") }}{{ gambar("capaian") }}'),
        ('{{ rujuk("x-1") }}{{ tabel("log-" ~ periode.tahun) }}', "tidak ada tabel atau gambar dengan kunci «x-1».",
         '{{ rujuk("log-1") }}{{ tabel("log-" ~ periode.tahun) }}{{ rujuk("a" ~ periode.tahun) }}'),
        # filters and operators
        ("{{ periode.triwulan|bilang }}", "penyaring «bilang» memerlukan bilangan, sedangkan «periode.triwulan» adalah teks.",
         "{{ ringkasan.jumlah_desa|bilang }}"),
        ("{{ identitas.nip|daftar }}", "memerlukan daftar, sedangkan «identitas.nip» adalah teks",
         "{{ identitas.nip|kapital }}"),
        ("{{ indikator|daftar }}", 'memerlukan daftar teks; pilih satu bagian setiap butir, misalnya map(attribute="nomor")|daftar.',
         "{{ tugas_fungsi|kutip|daftar }}"),
        ('{{ "a" ~ tugas_fungsi }}', "«tugas_fungsi» adalah daftar", '{{ "a" ~ (tugas_fungsi|daftar) }}'),
        ('{{ "a" + ringkasan.jumlah_desa }}', "teks + bilangan tidak dapat dihitung",
         "{{ 1 + ringkasan.jumlah_desa }}"),
        ("{{ periode.tahun - 1 }}", "teks − bilangan tidak dapat dihitung", "{{ ringkasan.jumlah_desa - 1 }}"),
        ("{% for i in indikator %}{% if i.nomor == 1 %}{% endif %}{% endfor %}",
         "«i.nomor» adalah teks, sedangkan pembandingnya bilangan",
         '{% for i in indikator %}{% if i.nomor == "1" %}{% endif %}{% endfor %}'),
    ],
)  # fmt: skip
def test_a_mistake_and_what_is_close_to_it(wrong: str, reason: str, right: str) -> None:
    assert len(found(wrong)) == 1, found(wrong)
    assert reason in found(wrong)[0]
    assert found(right) == []


def test_names_that_a_template_gives_itself() -> None:
    assert found("{% set n = namespace(ada=false) %}{% set n.ada = true %}{% if n.ada %}{% endif %}") == []
    assert found("{% for x, y in indikator %}{{ x }}{{ y.a }}{% endfor %}") == []
    assert found("{% for i in indikator %}{% set z = i %}{% endfor %}{{ z.nama }}") != []


def test_all_mistakes_at_once_with_their_places_even_in_a_broken_loop() -> None:
    told = misfits_of(
        Heading("BAB II PERENCANAAN"),
        "{%p for i in indikator %}",
        "{{ i.nma }}",
        [["{%tr for p in program %}", ""], ["{{ p.nama }}", ""], ["{{ p.nama }}", "{{ p.pgu }}"], ["{%tr endfor %}", ""]],
        "{{ i.nama|uper }}",
    )  # fmt: skip
    assert [text.split(" (")[0] for text in told] == [
        "isi dokumen, BAB II PERENCANAAN > paragraf 2",
        "isi dokumen, BAB II PERENCANAAN > paragraf 3",
        "isi dokumen, BAB II PERENCANAAN > tabel 1, baris 3, kolom 2: {{ p.pgu }} — nama «pgu» tidak dikenal. Maksud Anda «pagu»?",
        "isi dokumen, BAB II PERENCANAAN > paragraf 4",
    ]


def test_a_reference_to_a_caption_in_another_part() -> None:
    def change(document: Document) -> None:
        document.sections[0].footer.paragraphs[0].text = '{{ rujuk("a") }}'

    compile_template(make('{{ tabel("a") }}', change=change), "uji.docx", FILTERS, KNOWN)
    with pytest.raises(TemplateError) as caught:
        compile_template(make("", change=change), "uji.docx", FILTERS, KNOWN)
    assert caught.value.problems[0].startswith("kaki halaman 1, paragraf 1")


def test_a_template_that_passed_without_fields_is_checked_against_them_all_the_same() -> None:
    data = make("{{ pernah_lewat }}")
    compile_template(data, "uji.docx", FILTERS)
    with pytest.raises(TemplateError, match="1 kesalahan"):
        compile_template(data, "uji.docx", FILTERS, KNOWN)


def test_a_build_tells_all_mistakes_at_once() -> None:
    template = make("{{ kecamtan }}", "{% for x in identitas.nip %}{% endfor %}", "{{ periode.nma }}")
    with pytest.raises(TemplateError, match="3 kesalahan") as caught:
        build_report(result_of({}), template, "uji.docx")
    assert len(caught.value.problems) == 3


# Kinds -----------------------------------------------------------------------------------------------------

TYPES: Mapping[str, tuple[type, ...]] = {
    "teks": (str,),
    "bilangan": (int,),
    "ya atau tidak": (bool,),
    "gambar": (RichValue, str),  # "" where there is none
    "pecahan": (RichValue, str),  # likewise
    "daftar": (list,),
    "kelompok isian": (dict,),
}


def misfits(kind: ValueKind, value: object) -> Iterator[str]:
    """The fields whose value in a report is not of the kind that they are said to have."""
    fits = isinstance(value, TYPES[kind.word]) and isinstance(value, bool) == (kind.word == "ya atau tidak")
    if not fits or (kind.word == "gambar" and isinstance(value, str) and value):
        yield f"{kind.path}: {kind.word} {value!r}"
    for name, inner in kind.fields.items():
        assert isinstance(value, dict)
        yield from misfits(inner, value[name])
    if kind.item:
        assert isinstance(value, list)
        for item in value:
            yield from misfits(kind.item, item)


@pytest.mark.parametrize(
    "edits", [{}, {"Kegiatan!2": "", "Narasi!2": "", "Indikator!F2": "", "Anggaran!H2": ""}]
)
@pytest.mark.parametrize("triwulan", [1, 4])
def test_the_kind_of_each_field_is_that_of_its_values(edits: Mapping[str, str], triwulan: int) -> None:
    laporan = example_report()
    real = type(laporan)(result_of(edits, triwulan), {}, None)
    for each in (laporan, real):
        assert list(misfits(KNOWN.kinds, build(FIELDS, each))) == []


def test_the_kind_of_each_field_in_the_examples() -> None:
    for name in ("senduro-2024-tw1", "senduro-2024-tw1-asli"):
        laporan = type(example_report())(run(read_workbook(EXAMPLES / f"{name}.xlsx")), {}, None)
        assert list(misfits(KNOWN.kinds, build(FIELDS, laporan))) == []


def test_every_field_has_a_kind() -> None:
    def names(fields: tuple[Field, ...], prefix: str = "") -> Iterator[str]:
        for field in fields:
            yield f"{prefix}{field.name}"
            yield from names(field.fields, f"{prefix}{field.name}{'[]' if field.many else ''}.")

    assert [kind.path for kind in all_kinds(KNOWN.kinds)] == list(names(FIELDS))
    assert {kind.word for kind in all_kinds(KNOWN.kinds)} == set(TYPES)


def test_the_example_can_be_reported_like_any_other() -> None:
    report = build_report(example_report().result, make("{{ identitas.kecamatan }}"), "uji.docx")
    assert sentences(report) == "Sukamulya"


def test_a_sum_that_nests_too_deep_is_told_like_another_mistake() -> None:
    tag = "{{ " + "1+" * 400 + "1 }}"
    for more in ("", "{% if ringkasan %}"):  # whole, and where its conditions are not all closed
        assert any("terlalu bertingkat" in each for each in misfits_of(tag + more))
