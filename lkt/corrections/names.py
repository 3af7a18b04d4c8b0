"""Headings and keys of sheet Identitas that are spelled nearly right.

A misspelled sheet name is left alone: formulas anywhere in the workbook may name it.
"""

import re
from collections import Counter
from collections.abc import Iterator

from lkt.bahasa import normalize
from lkt.corrections.correction import Correction
from lkt.model import Dataset, Problem, ProblemKind
from lkt.workbook.declaration import KEYS

HEADING_SPELLING = "ejaan judul kolom"
KEY_SPELLING = "ejaan nama isian"

_SIGNS = re.compile(r"[\W_]+")
_SHORT, _LONG = 5, 10
"""Letters from which one slip, and from which two slips leave no doubt about a name: NIK is not NIP."""


def correct_names(dataset: Dataset) -> Iterator[Correction]:
    """The headings and keys whose one intended name is missing."""
    documents = {normalize(row.dokumen.value or "") for row in dataset.dokumen}
    wrong = [problem for problem in dataset.problems if problem.candidates and problem.ref.cell]
    headings = [problem for problem in wrong if problem.kind is ProblemKind.MISSING_COLUMN]
    keys = [problem for problem in wrong if problem.kind is ProblemKind.UNKNOWN_KEY]
    for problem in _alone(headings, [problem.ref for problem in headings]):
        # The documents of an office are its own words: LKPPDesa may be another document than LPPDesa.
        slips = normalize(problem.subject) not in documents
        if _is_slip(problem.written, problem.subject, slips=slips):
            yield _named(problem, problem.subject, problem.subject, HEADING_SPELLING)
    lacking = {key.label for key in KEYS if not getattr(dataset.identitas, key.field).ref.cell}
    for problem in _alone(keys, [problem.candidates for problem in keys]):
        label = problem.candidates[0]
        if label in lacking and _is_slip(problem.written, label):
            yield _named(problem, "Isian", label, KEY_SPELLING)


def _alone(problems: list[Problem], claims: list[object]) -> Iterator[Problem]:
    """The problems that claim something no other one claims."""
    counted = Counter(claims)
    return (problem for problem, claim in zip(problems, claims, strict=True) if counted[claim] == 1)


def _named(problem: Problem, subject: str, name: str, reason: str) -> Correction:
    return Correction(problem.ref, subject, problem.written, name, name, reason)


def _is_slip(written: str, name: str, *, slips: bool = True) -> bool:
    """A name with other signs and blanks, or with a slip of the pen; figures never slip."""
    first, second = (_SIGNS.sub("", normalize(text)) for text in (written, name))
    if not slips or first == second:
        return first == second
    if re.findall(r"\d", first) != re.findall(r"\d", second) or len(second) < _SHORT:
        return False
    return _distance(first, second) <= (1 if len(second) < _LONG else 2)


def _distance(first: str, second: str) -> int:
    """Letters added, left out, exchanged or swapped with their neighbour."""
    before: list[int] = []
    row = list(range(len(second) + 1))
    for number, letter in enumerate(first, 1):
        previous, before, row = before, row, [number]
        for place, other in enumerate(second, 1):
            best = min(before[place] + 1, row[-1] + 1, before[place - 1] + (letter != other))
            if number > 1 < place and letter == second[place - 2] and first[number - 2] == other:
                best = min(best, previous[place - 2] + 1)
            row.append(best)
    return row[-1]
