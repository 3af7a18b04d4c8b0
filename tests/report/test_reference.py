"""What can be named in a template, with meanings and examples from the code."""

import pytest

from docs.build import DOCS, pages
from lkt.errors import LktError
from lkt.report.catalogue import FIELDS
from lkt.report.templates import FILTERS, KNOWN, filter_entries, function_entries, inspect_template
from lkt.template_command import wanted_fields
from lkt.wordtemplate.fields import paths
from lkt.wordtemplate.sandbox import FUNCTIONS, TemplateEnvironment
from tests.wordtemplate.docx_builder import make


def test_every_field_is_listed_with_its_meaning() -> None:
    assert {entry.name: entry.meaning for entry in KNOWN.entries()} == paths(FIELDS)
    assert all(entry.kind for entry in KNOWN.entries())


def test_nearly_every_field_has_a_telling_example() -> None:
    without = {
        entry.name
        for entry in KNOWN.entries()
        if entry.example in ("", "-") and entry.kind != "kelompok isian"
    }
    assert {name.rpartition(".")[2] for name in without} <= {
        "alasan", "masalah_foto", "masalah_logo", "indikator_tanpa_nilai", "nomor_tanpa_nilai",
        "sasaran_tanpa_nilai", "alasan_pagu", "penjelasan",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "kind", "example"),
    [
        ("identitas.kecamatan", "teks", "Sukamulya"),
        ("ringkasan.jumlah_desa", "bilangan", "3"),
        ("ringkasan.ada_foto", "ya atau tidak", "ya"),
        ("ringkasan.nomor_tercapai", "daftar teks", "1"),
        ("logo", "gambar", "(gambar)"),
        ("periode", "kelompok isian", ""),
        ("sasaran[]", "daftar", "3 butir"),
        ("sasaran[].program[].pagu", "teks", "Rp13.600.000"),
        ("dokumen[].desa[].keterangan", "teks", "Menunggu musyawarah desa"),
    ],
)  # fmt: skip
def test_an_entry(name: str, kind: str, example: str) -> None:
    (entry,) = (entry for entry in KNOWN.entries() if entry.name == name)
    assert (entry.kind, entry.example) == (kind, example)


@pytest.mark.parametrize(
    ("start", "first", "number"),
    [
        ("periode.tri", "periode.triwulan", 2),
        ("sasaran.program.rincian.", "sasaran[].program[].rincian[]", 34),
    ],
)
def test_fields_by_the_beginning_of_their_names(start: str, first: str, number: int) -> None:
    found = wanted_fields(start)
    assert (found[0].name, len(found)) == (first, number)


def test_no_such_fields() -> None:
    with pytest.raises(LktError) as caught:
        wanted_fields("progrm")
    assert "program" in caught.value.hint


def test_every_function_and_filter_is_explained_by_a_use_that_works() -> None:
    functions, filters = function_entries(), filter_entries()
    assert {entry.name for entry in functions} == set(FUNCTIONS)
    usable = filter(str.isidentifier, TemplateEnvironment({}).filters)
    assert {entry.name for entry in filters} == {*FILTERS, *usable}
    for entry in (*functions, *filters):
        closed = entry.use + ("{% endfor %}" if entry.use.startswith("{% for") else "")
        caption = '{{ tabel("capaian") }}' if entry.name == "rujuk" else ""
        assert inspect_template(make(closed, caption), "uji.docx").mistakes == (), entry
        assert entry.name in entry.use
        assert entry.meaning.endswith(".")
    examples = {entry.name: entry.example for entry in filters}
    assert (examples["bilang"], examples["kapital"]) == ("3 (tiga)", "SUKAMULYA")


def test_the_page_is_what_the_program_says() -> None:
    page = (DOCS / "isian.md").read_text(encoding="utf-8")
    assert page == pages()["isian.md"], "run: python -m docs.build"
