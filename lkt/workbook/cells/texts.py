"""Reading text and choices."""

from collections.abc import Mapping

from lkt.bahasa import nearest, normalize, squeeze
from lkt.model import ProblemKind
from lkt.workbook.cells.display import as_written, plain, strip_zeros, to_decimal
from lkt.workbook.cells.raw import Raw, Reading, no_value


def read_text(raw: Raw) -> Reading[str]:
    """The text with single spaces and without blank ends; line breaks stay.

    A number, a date or a truth value is taken as the user sees it.
    """
    return no_value(raw) or Reading("\n".join(map(squeeze, as_written(raw).splitlines())).strip())


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
