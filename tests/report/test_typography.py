"""What stays on one line, and what is set in italics."""

import pytest

from lkt.report.templates import TYPOGRAPHY
from lkt.wordtemplate import compile_template, typeset
from lkt.wordtemplate.document import save
from tests.wordtemplate.docx_builder import PROPERTIES, Block, findings, make, part, read


def typed(*blocks: Block) -> bytes:
    document = compile_template(make(*blocks), "uji.docx").fill({}, properties=PROPERTIES)
    typeset(document, TYPOGRAPHY)
    return save(document)


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("tanggal 5 April 2024 dan", "tanggal 5~April~2024 dan"),
        ("1 Januari s.d. 31 Maret 2024", "1~Januari s.d. 31~Maret~2024"),
        ("Nomor 12 Tahun 2017, Pasal 4 ayat (1)", "Nomor~12 Tahun 2017, Pasal~4 ayat~(1)"),
        ("Rp 5.000 dari 35 %", "Rp~5.000 dari 35~%"),
        ("Rp6,7 juta; naik 14,56 poin; 10 hari kerja", "Rp6,7~juta; naik 14,56~poin; 10~hari kerja"),
        ("Nomor surat, Pasal itu, 5 April-an, Rpb 5", "Nomor surat, Pasal itu, 5~April-an, Rpb 5"),
    ],
)
def test_what_belongs_together_stays_on_one_line(text: str, held: str) -> None:
    assert read(typed(text)).paragraphs[0].text == held.replace("~", "\N{NO-BREAK SPACE}")


def test_in_a_cell_only_short_words_are_held_together() -> None:
    (cell,) = read(typed([["5 April 2024, Pasal 4"]])).tables[0]._cells
    assert cell.text == "5 April 2024, Pasal\N{NO-BREAK SPACE}4"


def test_words_of_another_language_are_set_in_italics() -> None:
    data = typed("Biaya (Cost per Outcome), cost per outcome", "cost per outcome lagi", "costs per outcome")
    first, second, third = read(data).paragraphs
    assert [(run.text, run.italic) for run in first.runs] == [
        ("Biaya (", None),
        ("Cost per Outcome", True),
        ("), ", None),
        ("cost per outcome", True),
    ]
    assert [run.italic for run in second.runs] == [True, None]
    assert [run.italic for run in third.runs] == [None]
    assert "<w:t/>" not in part(data)
    assert findings(data) == []
