"""The list of wrong and non-standard forms: what is found with it, and what is left alone."""

import re

import pytest

from lkt.rules import RULES
from lkt.rules.narasi import spellings
from tests.builders import Case

SLIPS = """
aktifitas aktivitas; ijin izin; resiko risiko; ekstrim ekstrem; mengkoordinasikan mengoordinasikan; yg yang
krn karena; Presentase Persentase; kordinasi koordinasi; praktek praktik; jadual jadwal; analisa analisis
obyek objek; himbauan imbauan; sistim sistem; tehnis teknis; efektifitasnya efektivitasnya; dimana di mana
diatas di atas; kerjasama kerja sama; bertanggungjawab bertanggung jawab; merubah mengubah; kwitansi kuitansi
silahkan silakan; antrian antrean; standarisasi standardisasi; mempengaruhi memengaruhi; personil personel
mensosialisasikan menyosialisasikan; meminimalisir meminimalkan; nomer nomor; sekertaris sekretaris
kegitan kegiatan; masyarkat masyarakat; penyelengaraan penyelenggaraan; pemeritahan pemerintahan; dgn dengan
tsb tersebut; propinsi provinsi; milyar miliar; REALIASI REALISASI; hutang utang; musrembang musrenbang
"""

LEFT_ALONE = (
    "Kegiatan di Desa Ijin dan Kelurahan Resiko, dihadiri Bapak Nomer.",
    "Musyawarah di Sukamulya dihadiri BPD, LPM, TP-PKK, KUA, dan UPT.",
    "Tim YG dan DLM menyerahkan SPJ serta SP2D.",
    "Sosialisasi diteruskan ke bawah, di antaranya kepada pasar desa; keluaran dan kedalamannya dicatat.",
    "Aktivitas, izin, risiko, praktik, analisis, kualitas, teknik, dan sistem sudah baik.",
)


def said(text: str) -> list[tuple[str, str]]:
    """What is said of the spelling of a text: what is written and what should be."""
    found = Case("", {"Narasi!B2": text, "Desa!B2": "Resiko"}).findings
    return [(each.written, each.expected) for each in found if each.code in {"N101", "N108"}]


@pytest.mark.parametrize("slip", [slip.strip() for slip in re.split(r"[;\n]", SLIPS) if slip.strip()])
def test_a_common_slip_is_found(slip: str) -> None:
    wrong, _, right = slip.partition(" ")
    sentence = f"Laporan memuat {wrong} itu." if wrong[0].islower() else f"{wrong} dilaporkan."
    assert said(sentence if not wrong.isupper() else sentence.upper()) == [(wrong, right)]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_names_abbreviations_and_right_words_are_left_alone(text: str) -> None:
    assert said(text) == []


def test_the_list_is_consistent() -> None:
    """No standard form is listed as wrong, and every form is written in small letters."""
    known = spellings()
    assert len(known) >= 500
    rights = {right for right, *_ in known.values()}
    assert {form for form in known if form in rights} == set()
    assert [form for form in known if form != form.lower() or form != form.strip()] == []


def test_what_the_program_itself_says_is_spelled_right() -> None:
    """The pages of the rules, but for those that quote wrong forms."""
    others = [rule for rule in RULES if rule.code not in {"N101", "N108"}]
    texts = [f"{rule.title} {rule.why} {rule.repair}" for rule in others]
    wrong = [
        form
        for text in texts
        for form, (_, _, short) in spellings().items()
        if not short and re.search(rf"(?<![\w“]){re.escape(form)}(?![\w”])", text.casefold())
    ]
    assert wrong == []
