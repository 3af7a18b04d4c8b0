"""One spelling of every term in all that the user reads, and nothing misspelt."""

from collections.abc import Iterable
from functools import cache
from pkgutil import resolve_name

import pytest

from docs.build import DOCS, pages
from docs.istilah import Istilah, read_glossary
from tests.istilah import kata
from tests.istilah.kata import ALLOWED, UNUSED, complaints, unknown, words_of
from tests.istilah.texts import (
    MEANT,
    REVIEWED,
    ROOT,
    SOURCES,
    Text,
    html_texts,
    markdown_texts,
    python_texts,
    reviewed,
    word_texts,
)
from tests.wordtemplate.docx_builder import make


@cache
def texts(source: str) -> tuple[Text, ...]:
    """The texts of a source, read once."""
    return tuple(SOURCES[source]())


def told(found: Iterable[Text]) -> list[str]:
    """What is said about some texts, with place and text."""
    return [f"{text.place}: {each} in {text.text!r}" for text in found for each in complaints(text.text)]


# The glossary ----------------------------------------------------------------------------------------------


def test_the_page_is_what_the_glossary_says() -> None:
    page = (DOCS / "istilah.md").read_text(encoding="utf-8")
    assert page == pages()["istilah.md"], "run: python -m docs.build"


@pytest.mark.parametrize("term", tuple(read_glossary().terms), ids=lambda term: term.istilah)
def test_a_term_has_a_meaning_and_names_that_exist_in_the_code(term: Istilah) -> None:
    assert term.arti.endswith(".")
    assert term.kode
    for name in term.kode:
        assert resolve_name(name) is not None


def test_no_term_is_a_form_that_is_not_used() -> None:
    terms = [part for term in read_glossary().terms for part in term.istilah.split(", ")]
    assert len(terms) == len(set(terms))
    assert not {term.lower() for term in terms} & set(UNUSED)
    assert all(right.lower() not in UNUSED for right in UNUSED.values())


# All texts -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("source", SOURCES)
def test_all_that_the_user_reads_is_spelt_as_agreed(source: str) -> None:
    assert told(texts(source)) == []
    assert unknown(texts(source)) == [], "review these words, then run: python -m tests.istilah.kata --tambah"


def test_the_reviewed_words_hold_nothing_that_is_not_used() -> None:
    assert list(reviewed()) == sorted(set(reviewed())), f"{REVIEWED} is not sorted"
    assert [word for word in reviewed() if list(complaints(word))] == []


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("strings of the program", "… belum mempunyai foto."),
        ("rules", "Tanpa lembar itu sebagian laporan tidak dapat disusun"),
        ("help of the commands", "Tulis salinan buku kerja yang menandai dan menjelaskan setiap temuan."),
        ("help of the commands", "Periksa templat dan tunjukkan semua kesalahannya sekaligus"),
        ("Word templates", "Laporan ini merupakan wujud akuntabilitas … atas kinerja"),
        ("HTML templates", "Hasil pemeriksaan buku kerja"),
        ("scripts of the recap", "Tidak ada yang cocok"),
        ("data of the program", "Meningkatnya akuntabilitas kinerja kecamatan"),
        ("pages for users", "Templat adalah dokumen Word biasa dengan tag di antara kurung kurawal."),
        ("glossary", "Huruf untuk sebuah nilai atau capaian"),
        ("blank workbook", "Satu buku kerja untuk satu kecamatan dan satu triwulan"),
        ("blank workbook", "Nomor ini belum ada pada kolom No di lembar Indikator."),
        ("blank workbook", "Tindak Lanjut"),
        ("strings of the examples", "Menyediakan lembar survei"),
        ("tables of the examples", "Menyurati desa mengenai batas akhir penyampaian"),
        ("golden reports", "Camat merupakan jabatan di Kecamatan Senduro"),
    ],
)
def test_no_source_is_passed_over(source: str, sentence: str) -> None:
    assert any(sentence in text.text for text in texts(source))


@pytest.mark.parametrize("words", ALLOWED)
def test_every_allowance_is_needed(words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    used = [text for source in SOURCES for text in texts(source) if words in text.text]
    monkeypatch.setattr(kata, "ALLOWED", {})
    assert told(used)


def test_a_file_whose_mistakes_are_meant_exists() -> None:
    assert all((ROOT / path).exists() for path in MEANT)


# What is planted is found ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        "sebesar Rp 1.860.252.824", "sebesar Rp.1.860.252.824", "sebesar Rp …", "sebesar Rp1860252824",
        "sebesar Rp1,860,252", "mencapai 35,48 %", "mencapai … %", "mencapai 35.48%", "pada 05 April 2024",
        "pada 5-April-2024", "pada 5 april 2024", "pada 5 March 2024", "tanggal 1-5 April 2024", "BAB I-IV",
        "1 s.d 5 April", "1 sd 5 April", "s/d", "hal hal yang belum dicapai", "yang yang terlambat",
        "dua  spasi", "salah , lalu", "salah .", "satu,dua", 'kolom "Pagu"', "kolom 'Pagu'",
        "dan seterusnya..", "salah.Perbaiki", "salah ( satu )", "harus di tanyakan", "baris diatas",
        "kerja sama antar desa",
        # The spellings of the source report cannot come back
        "Presentase", "Realiasasi", "Tribulan", "tribuunan", "triwulanan", "bada", "s.d,",
    ],
)  # fmt: skip
def test_what_is_wrong_is_seen(wrong: str) -> None:
    assert list(complaints(f"Periksa {wrong} itu."))


def test_each_form_that_is_not_used_is_seen() -> None:
    for form, right in UNUSED.items():
        for written in (form, form.upper(), form.capitalize()):
            assert f"“{written}”: {right}" in complaints(f"Periksa {written} itu, lalu simpan.")


@pytest.mark.parametrize(
    "text",
    [
        "Pagu Rp13.600.000, serapan 35,48%, pada 5 April 2024 (hari ke-3).",
        "Jalankan lkt template check templat.docx, lalu lkt build q1.xlsx --draft.",
        "Tag {{ p.pagu }} di dalam `{% for file in files %}` dicetak apa adanya…",
        "Kode 35.08.01 dan NIP 19700101 199003 1 001; Tabel 3.1; nomor 188.45/12/2024.",
        "1 Januari s.d. 31 Maret 2024, masing-masing 12 dari 12.",
        "Masa BAB I–IV: bab, subbab, dan bagiannya?",
    ],
)
def test_what_is_right_is_left_alone(text: str) -> None:
    assert list(complaints(text)) == []


def test_a_mistake_in_any_kind_of_source_is_found() -> None:
    program = 'def f(n):\n    "Isi a workbook."\n    raise E(f"Isi {n.file} pada workbook.", "Tutup  ya.")'
    word = word_texts(make('{% if x %}Isi{% endif %} workbook {{ "pada file"|kalimat }}'), "a.docx")
    html = html_texts('<p title="Isi file">Buka <b>workbook</b> {{ x or "tidak ada file" }}</p>', "a.j2")
    page = list(markdown_texts("Isi\n```\nworkbook\n```\n| a | workbook |", "a.md"))
    found = [told(each) for each in (python_texts(program, "a.py"), word, html, page)]
    assert [len(each) for each in found] == [2, 2, 3, 1]
    assert found[3][0].startswith("a.md:5: “workbook”: buku kerja")


def test_a_new_word_is_told_with_its_place() -> None:
    assert unknown([Text("lkt/x.py:7", "Isi buku krja `lkt`")]) == ["krja: lkt/x.py:7"]
    assert words_of("Rata-rata SAKIP, 5 {{ x.y }}") == {"rata", "sakip"}
