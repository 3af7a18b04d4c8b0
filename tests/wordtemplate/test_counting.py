"""Numbers of list items and pages, as Word counts and writes them."""

import pytest
from docx.oxml import parse_xml

from lkt.wordtemplate.contents import Section, printed_numbers
from lkt.wordtemplate.document import element
from lkt.wordtemplate.numbering import Counting, in_form
from tests.wordtemplate.docx_builder import NAMESPACES


@pytest.mark.parametrize(
    ("number", "form", "written"),
    [
        (4, "decimal", "4"),
        (4, "decimalZero", "04"),
        (4, "upperRoman", "IV"),
        (4, "lowerRoman", "iv"),
        (4, "upperLetter", "D"),
        (28, "lowerLetter", "bb"),
        (4, "none", ""),
        (4, "chicago", "4"),
        (0, "upperRoman", "0"),
        (4000, "upperRoman", "4000"),
        (9_999_999_999, "lowerLetter", "9999999999"),
    ],
)
def test_forms_of_numbers(number: int, form: str, written: str) -> None:
    assert in_form(number, form) == written


def numbers(levels: str, *items: tuple[str, int]) -> list[str]:
    """The numbers of items (list, depth) of two lists that count together; list 2 starts again from 5."""
    xml = (
        f"<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId='7'>{levels}</w:abstractNum>"
        "<w:num w:numId='1'><w:abstractNumId w:val='7'/></w:num>"
        "<w:num w:numId='2'><w:abstractNumId w:val='7'/>"
        "<w:lvlOverride w:ilvl='0'><w:startOverride w:val='5'/></w:lvlOverride></w:num></w:numbering>"
    )
    counting = Counting(parse_xml(xml))
    return [counting.number(identifier, depth) for identifier, depth in items]


def level(depth: int, form: str, text: str, more: str = "") -> str:
    inside = f"<w:start w:val='1'/><w:numFmt w:val='{form}'/>{more}<w:lvlText w:val='{text}'/>"
    return f"<w:lvl w:ilvl='{depth}'>{inside}</w:lvl>"


CHAPTERS = (
    level(0, "upperRoman", "BAB %1")
    + level(1, "upperLetter", "%2.")
    + level(2, "decimal", "%1.%2.%3", "<w:isLgl/>")
)


@pytest.mark.parametrize(
    ("levels", "items", "expected"),
    [
        (CHAPTERS, [("1", depth) for depth in (0, 1, 1, 2, 2, 0, 1, 2)],
         ["BAB I", "A.", "B.", "1.2.1", "1.2.2", "BAB II", "A.", "2.1.1"]),
        (CHAPTERS, [("1", 2), ("1", 0)], ["1.1.1", "BAB II"]),
        (CHAPTERS, [("1", 0), ("2", 0), ("2", 0)], ["BAB I", "BAB V", "BAB VI"]),
        (level(0, "bullet", "•"), [("1", 0), ("0", 0), ("1", 4)], ["", "", ""]),
    ],
    ids=["levels count inside each other", "no level above", "a list starts again", "no number"],
)  # fmt: skip
def test_the_numbers_of_lists(levels: str, items: list[tuple[str, int]], expected: list[str]) -> None:
    assert numbers(levels, *items) == expected


def section(start: int | None = None, form: str = "decimal", kind: str = "nextPage") -> Section:
    return Section(element("p"), start, form, kind)


@pytest.mark.parametrize(
    ("sections", "begins", "pages", "printed"),
    [
        ([section()], [0], [0, 4], ["1", "5"]),
        ([section(), section(1, "lowerRoman"), section(1)], [0, 1, 3], [1, 2, 3, 5], ["i", "ii", "1", "3"]),
        ([section(7), section()], [0, 2], [1, 2], ["8", "9"]),
        ([section(), section(None, "upperRoman")], [0, 1], [1], ["II"]),
        ([section(), section(1, kind="continuous")], [0, 1], [1, 2], ["2", "1"]),
        ([section(), section(kind="oddPage")], [0, 1], [1, 2], ["3", "4"]),
        ([section(), section(kind="evenPage")], [0, 1], [1], ["2"]),
    ],
)
def test_printed_page_numbers(
    sections: list[Section], begins: list[int], pages: list[int], printed: list[str]
) -> None:
    assert printed_numbers(sections, begins, pages) == printed
