"""Block tags replace their paragraph, row, cell or run; what is left is a valid document."""

from tests.wordtemplate.docx_builder import Xml, fill, findings, part, problems, rendered

LOOP = [
    ["No", "Nama"],
    ["{%tr for x in daftar %}", ""],
    ["{{ loop.index }}", "{{ x }}"],
    ["{%tr endfor %}", ""],
]
RUN = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>"


def test_a_paragraph_loop() -> None:
    blocks = ("{%p for x in daftar %}", "- {{ x }}", "{%p endfor %}", "akhir")
    assert fill(*blocks, daftar=["a", "b"]) == ["- a", "- b", "akhir"]
    assert fill(*blocks, daftar=[]) == ["akhir"]


def test_a_paragraph_choice() -> None:
    blocks = (
        "{%p if n > 1 %}",
        "banyak",
        "{%p elif n == 1 %}",
        "satu",
        "{%p else %}",
        "kosong",
        "{%p endif %}",
    )
    assert [fill(*blocks, n=n) for n in (5, 1, 0)] == [["banyak"], ["satu"], ["kosong"]]


def test_two_tags_in_one_paragraph() -> None:
    blocks = ("{%p for x in daftar %}{%p if x %}", "{{ x }}", "{%p endif %}{%p endfor %}")
    assert fill(*blocks, daftar=["a", "", "b"]) == ["a", "b"]


def test_a_table_within_a_choice() -> None:
    blocks = ("{%p if ya %}", [["sel"]], "{%p endif %}", "akhir")
    assert fill(*blocks, ya=True) == ["sel", "akhir"]
    assert fill(*blocks, ya=False) == ["akhir"]


def test_a_row_loop() -> None:
    data = rendered(LOOP, daftar=["a", "b"])
    assert fill(LOOP, daftar=["a", "b"]) == ["No | Nama", "1 | a", "2 | b"]
    assert findings(data) == []


def test_a_table_without_rows_is_dropped() -> None:
    data = rendered("atas", LOOP[1:], "bawah", daftar=[])
    assert "<w:tbl>" not in part(data)
    assert findings(data) == []


def test_a_row_without_cells_is_dropped() -> None:
    table = [["{%tc if ya %}", "isi", "{%tc endif %}"], ["a", "b", "c"]]
    assert fill(table, ya=False) == ["a | b | c"]


def test_a_cell_choice() -> None:
    data = rendered([["a", "{%tc if ya %}", "isi", "{%tc endif %}"]], ya=True)
    assert part(data).count("<w:tc>") == 2


def test_a_run_choice() -> None:
    runs = "".join(map(RUN.format, ("a ", "{%r if ya %}", "b ", "{%r endif %}", "c")))
    assert fill(Xml(f"<w:p>{runs}</w:p>"), ya=True) == ["a b c"]
    assert fill(Xml(f"<w:p>{runs}</w:p>"), ya=False) == ["a c"]


def test_an_empty_cell_keeps_a_paragraph() -> None:
    cell = "<w:tc><w:tcPr/>{}</w:tc>"
    inside = "".join(f"<w:p>{RUN.format(text)}</w:p>" for text in ("{%p if ya %}", "isi", "{%p endif %}"))
    table = Xml(
        f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr>{cell.format(inside)}</w:tr></w:tbl>"
    )
    data = rendered(table, ya=False)
    assert "<w:tc><w:tcPr/><w:p/></w:tc>" in part(data)
    assert findings(data) == []


def test_a_cell_ends_with_a_paragraph() -> None:
    table = "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>"
    inner = table.format("<w:p/>")
    inside = f"{inner}<w:p>{RUN.format('{%p if ya %}')}</w:p><w:p/><w:p>{RUN.format('{%p endif %}')}</w:p>"
    assert "</w:tbl><w:p/></w:tc>" in part(rendered(Xml(table.format(inside)), ya=False))


def test_rows_of_a_nested_table() -> None:
    table = "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>{}</w:tbl>"
    row = f"<w:tr><w:tc><w:p>{RUN}</w:p></w:tc></w:tr>"
    inner = table.format("".join(map(row.format, ("{%tr for x in daftar %}", "{{ x }}", "{%tr endfor %}"))))
    data = rendered(Xml(table.format(f"<w:tr><w:tc>{inner}<w:p/></w:tc></w:tr>")), daftar=["a", "b"])
    assert part(data).count("<w:tr>") == 3


def test_a_bookmark_that_loses_one_half_is_dropped() -> None:
    start = "<w:p><w:bookmarkStart w:id='5' w:name='b'/><w:r><w:t>{%p if ya %}</w:t></w:r></w:p>"
    blocks = (Xml(start), "isi", "{%p endif %}", Xml("<w:p><w:bookmarkEnd w:id='5'/></w:p>"))
    data = rendered(*blocks, ya=True)
    assert "bookmark" not in part(data)
    assert findings(data) == []


def test_a_bookmark_in_a_loop_is_kept_once() -> None:
    start, end = "<w:bookmarkStart w:id='5' w:name='b'/>", "<w:bookmarkEnd w:id='5'/>"
    inside = f"<w:p>{start}{RUN.format('{{ x }}')}{end}</w:p>"
    data = rendered("{%p for x in daftar %}", Xml(inside), "{%p endfor %}", daftar=["a", "b"])
    assert part(data).count("w:bookmarkStart") == 1
    assert findings(data) == []


def test_a_content_control_in_a_loop_has_one_id() -> None:
    control = "<w:sdt><w:sdtPr><w:id w:val='9'/></w:sdtPr><w:sdtContent><w:p/></w:sdtContent></w:sdt>"
    data = rendered("{%p for x in daftar %}", Xml(control), "{%p endfor %}", daftar=["a", "b"])
    assert part(data).count('<w:id w:val="9"/>') == 1


def test_text_beside_a_block_tag() -> None:
    (found,) = problems("{%p if x %} isi", "{%p endif %}")
    assert "harus sendirian dalam satu paragraf" in found
    (found,) = problems([["{%tr for x in y %}", "isi"], ["{%tr endfor %}", ""]])
    assert "tabel 1, baris 1, kolom 1" in found
    assert "harus sendirian dalam satu baris tabel" in found


def test_a_section_break_does_not_vanish_with_a_block_tag() -> None:
    block = Xml("<w:p><w:pPr><w:sectPr/></w:pPr><w:r><w:t>{%p if x %}</w:t></w:r></w:p>")
    assert "harus sendirian" in problems(block, "{%p endif %}")[0]


def test_a_row_tag_outside_a_table() -> None:
    assert "tidak berada di dalamnya" in problems("{%tr if x %}", "{%p endif %}")[0]


def test_a_loop_that_closes_outside_its_table() -> None:
    (found,) = problems([["{%tr for x in y %}"], ["a"]], "{%p endfor %}")
    assert found.startswith(
        "isi dokumen, paragraf 1 («{%p endfor %}»): {%p endfor %} — pasangannya, {%tr for x in y %}"
    )
    assert "tabel 1, baris 1, kolom 1" in found


def test_a_choice_over_two_paragraphs_without_p() -> None:
    assert "berada di tempat lain" in problems("{% if x %} a", "b {% endif %}")[0]


def test_a_choice_half_in_a_hyperlink() -> None:
    link = f"<w:hyperlink w:anchor='a'>{RUN.format('{% endif %}')}</w:hyperlink>"
    assert "berada di tempat lain" in problems(Xml(f"<w:p>{RUN.format('{% if x %}')}{link}</w:p>"))[0]
