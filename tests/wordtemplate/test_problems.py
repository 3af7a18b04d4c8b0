"""Mistakes in a template are told in Indonesian, each with its place and its tag."""

import pytest
from docx.document import Document

from lkt.errors import LktError, TemplateError
from lkt.wordtemplate.template import compile_template
from tests.wordtemplate.docx_builder import PROPERTIES, Heading, compiled, make, problem, problems


def render_problem(text: str, **context: object) -> str:
    """The problem without its place."""
    return problem(text, **context).partition(" — ")[2]


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
        ("{{ a|default('-') }}", "penyaring «default» tidak dikenal."),
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
    ],
)
def test_a_mistake_that_is_seen_without_data(text: str, reason: str) -> None:
    assert reason in problems(text)[0]


def test_the_right_use_of_each_is_no_mistake() -> None:
    compiled(
        "{{ a|upper }}{% if a is defined %}{{ tabel('a') }}{% else %}{% endif %}{% for x in y %}{% endfor %}"
    )


def test_an_opener_is_reported_where_it_stands() -> None:
    (found,) = problems("{%p for x in y %}", "a", "{%p if b %}", "{%p endfor %}")
    assert (
        found
        == "isi dokumen, paragraf 3 («{%p if b %}»): {%p if b %} — belum ditutup; tambahkan {%p endif %}."
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


def test_places_are_told_from_the_chapter_title() -> None:
    blocks = (
        "awal",
        Heading("BAB I PENDAHULUAN"),
        "satu",
        Heading("BAB II PERENCANAAN"),
        "dua",
        [["a"]],
        [["b", "{{ x. }}"]],
    )
    assert problems(*blocks)[0].startswith(
        "isi dokumen, BAB II PERENCANAAN > tabel 2, baris 1, kolom 2: {{ x. }} — "
    )
    (found,) = problems(
        Heading("BAB I PENDAHULUAN"), "Dalam kurun waktu tiga bulan pelaksanaan kegiatan {{ x. }}"
    )
    assert "BAB I PENDAHULUAN > paragraf 2 («Dalam kurun waktu tiga bulan …»)" in found


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
