"""Reading text and choices."""

from collections.abc import Mapping

from lkt.bahasa import nearest, normalize, squeeze
from lkt.model import ProblemKind
from lkt.workbook.cells.display import as_written, plain, strip_zeros, to_decimal
from lkt.workbook.cells.raw import BLANK, Raw, Reading, no_text, no_value


def read_text(raw: Raw) -> Reading[str]:
    """The text with single spaces and without blank ends; line breaks stay.

    A number, a date or a truth value is taken as the user sees it.
    """
    value = raw.value
    if not isinstance(value, str):
        return no_value(raw) or Reading(_squeezed_lines(as_written(raw)))
    if error := no_text(raw):
        return error
    text = _squeezed_lines(value)
    return Reading(text) if text else BLANK


def _squeezed_lines(text: str) -> str:
    if text.isprintable():  # no character that ends a line is
        return squeeze(text)
    return "\n".join(map(squeeze, text.splitlines())).strip()


def read_choice(raw: Raw, choices: Mapping[str, str]) -> Reading[str]:
    """One of ``choices``, which maps normalized text to the value; the nearest one as candidate."""
    return no_value(raw) or _choice(_choice_text(raw), choices)


def _choice_text(raw: Raw) -> str:
    """A number without its format, so that 100 shown as 100,00 is still the choice 100."""
    number = to_decimal(raw.value)
    return as_written(raw) if number is None else plain(strip_zeros(number))


def _choice(text: str, choices: Mapping[str, str]) -> Reading[str]:
    found = choices.get(normalize(text))
    if found is not None:
        return Reading(found)
    near = nearest(text, choices)
    return Reading(kind=ProblemKind.NOT_A_CHOICE, candidates=() if near is None else (choices[near],))
