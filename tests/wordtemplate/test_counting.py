"""Numbers of list items and pages, as Word counts and writes them."""

import pytest

from lkt.wordtemplate.contents import (
    Counting,
    NumberedList,
    NumberingLevel,
    Section,
    in_form,
    printed_numbers,
)
from lkt.wordtemplate.document import element


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


def numbers(levels: dict[int, NumberingLevel], items: list[tuple[str, int]], restart: int = 1) -> list[str]:
    """The numbers of items (list, depth) of two lists that count together; list 2 starts again."""
    lists = {"1": NumberedList("a", levels, {}), "2": NumberedList("a", levels, {0: restart})}
    counting = Counting(lists)
    return [counting.number(identifier, depth) for identifier, depth in items]


CHAPTERS = {
    0: NumberingLevel(1, "upperRoman", "BAB %1", legal=False),
    1: NumberingLevel(1, "upperLetter", "%2.", legal=False),
    2: NumberingLevel(1, "decimal", "%1.%2.%3", legal=True),
}


def test_levels_count_inside_each_other() -> None:
    items = [("1", depth) for depth in (0, 1, 1, 2, 2, 0, 1, 2)]
    assert numbers(CHAPTERS, items) == ["BAB I", "A.", "B.", "1.2.1", "1.2.2", "BAB II", "A.", "2.1.1"]


def test_a_level_without_the_one_above() -> None:
    assert numbers(CHAPTERS, [("1", 2), ("1", 0)]) == ["1.1.1", "BAB II"]


def test_a_list_that_starts_again() -> None:
    assert numbers(CHAPTERS, [("1", 0), ("2", 0), ("2", 0)], restart=5) == ["BAB I", "BAB V", "BAB VI"]


def test_what_has_no_number() -> None:
    assert numbers({0: NumberingLevel(1, "bullet", "•", legal=False)}, [("1", 0), ("0", 0), ("1", 4)]) == [
        "",
        "",
        "",
    ]


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
