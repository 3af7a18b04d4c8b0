"""A report against its workbook: what differs, and whether a person or the workbook changed it. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum

from lkt.bahasa import month_number
from lkt.report.trace.align import pairs, place_of
from lkt.report.trace.passages import Passage
from lkt.report.trace.sources import Source, Sources

_NUMBER = re.compile(r"-?(?:Rp)?\d+(?:[.,]\d+)*%?")
_YEAR = re.compile(r"\d{4}\b")
_DATE = re.compile(r"\d{1,2} \w+ \d{4}")
_MARKS = " .,;:()“”"


class Kind(Enum):
    """What differs."""

    FIGURE = "angka"
    WORDING = "kata"
    PICTURE = "gambar"


class Cause(Enum):
    """Why it differs, in words for the user."""

    HAND = "diubah dengan tangan"
    WORKBOOK = "buku kerja berubah"
    BOTH = "diubah dengan tangan, dan buku kerja berubah"
    EITHER = "buku kerja, templat, atau versi lkt berubah"
    PROGRAM = "templat, foto, atau versi lkt berubah"
    UNKNOWN = "tidak dapat ditentukan: catatan teks asli di dalam laporan hilang"


@dataclass(frozen=True, slots=True)
class Difference:
    """A place where the report is not what the workbook gives.

    Attributes:
        kind: whether a figure, the wording or a picture differs.
        place: where in the report.
        reported: what stands there; empty where it is missing.
        expected: what belongs there; empty where nothing does.
        cause: why.
        sources: for a figure, what it is in the workbook.
    """

    kind: Kind
    place: str
    reported: str
    expected: str
    cause: Cause
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Versions:
    """Three versions of a report.

    Attributes:
        written: as lkt wrote it; None when that record is gone.
        reported: as it stands now.
        expected: as the workbook gives it now.
        edited: whether it was edited since lkt wrote it.
        unedited_cause: why it may differ where it was not edited.
    """

    written: Sequence[Passage] | None
    reported: Sequence[Passage]
    expected: Sequence[Passage]
    edited: bool
    unedited_cause: Cause


def differences(versions: Versions, sources: Sources | None) -> tuple[Difference, ...]:
    """Every difference between a report and its workbook, in the order of the report.

    ``sources`` tells what the figures are; None where they are not to be told.
    """
    judge = _Judge(versions)
    return tuple(
        difference
        for reported, expected in pairs(versions.reported, versions.expected)
        for difference in _differences(reported, expected, judge, sources)
    )


class _Judge:
    """Tells who changed a passage, by how lkt wrote it."""

    def __init__(self, versions: Versions) -> None:
        self._versions = versions
        beside = list(pairs(versions.written or (), versions.reported))
        self._written = {id(now): was for was, now in beside if now is not None}
        self._removed = {was.content for was, now in beside if was is not None and now is None}

    def whole(self, reported: Passage | None, expected: Passage | None) -> Cause:
        """Why a passage is there, or is missing."""
        if reported is None:
            assert expected is not None
            by_hand = expected.content in self._removed
        else:
            was = self._written.get(id(reported))
            by_hand = was is None or was.content != reported.content
        return self._cause(by_hand=by_hand, other=False)

    def cell(self, number: int, reported: Passage, expected: Passage) -> Cause:
        """Why one cell of a passage differs."""
        was = self._written.get(id(reported))
        if was is None or len(was.texts) != len(reported.texts):
            return self._cause(by_hand=True, other=False)
        before = was.texts[number]
        return self._cause(by_hand=before != reported.texts[number], other=before != expected.texts[number])

    def pictures(self, reported: Passage, expected: Passage) -> Cause:
        """Why the pictures of a passage differ."""
        was = self._written.get(id(reported))
        before = None if was is None else was.pictures
        return self._cause(by_hand=before != reported.pictures, other=before != expected.pictures)

    def _cause(self, *, by_hand: bool, other: bool) -> Cause:
        unedited = self._versions.unedited_cause
        if self._versions.written is None:
            return Cause.UNKNOWN if self._versions.edited else unedited
        if not by_hand:
            return unedited
        return Cause.BOTH if other and unedited is not Cause.PROGRAM else Cause.HAND


def _differences(
    reported: Passage | None, expected: Passage | None, judge: _Judge, sources: Sources | None
) -> Iterator[Difference]:
    if reported is None or expected is None or len(reported.texts) != len(expected.texts):
        yield from _whole(reported, expected, judge.whole(reported, expected))
        return
    for number, (stands, belongs) in enumerate(zip(reported.texts, expected.texts, strict=True)):
        if stands != belongs:
            place, cause = place_of(reported, number), judge.cell(number, reported, expected)
            for kind, was, should in _parts(stands, belongs):
                known = _sources(should, expected, place, sources) if kind is Kind.FIGURE else ()
                yield Difference(kind, place, was, should, cause, known)
    if reported.pictures != expected.pictures:
        yield Difference(Kind.PICTURE, reported.place, "", "", judge.pictures(reported, expected))


def _whole(reported: Passage | None, expected: Passage | None, cause: Cause) -> Iterator[Difference]:
    """A passage that is there without the workbook giving it, or the other way round."""
    stands, belongs = reported.text if reported else "", expected.text if expected else ""
    place = (reported or expected or Passage("", ())).place
    if not stands and not belongs:
        kind = Kind.PICTURE
    else:
        kind = Kind.FIGURE if _NUMBER.findall(stands) != _NUMBER.findall(belongs) else Kind.WORDING
    yield Difference(kind, place, stands, belongs, cause)


def _parts(stands: str, belongs: str) -> Iterator[tuple[Kind, str, str]]:
    """Each figure by which two texts differ, and whether their wording does."""
    old, new = stands.split(), belongs.split()
    wording = False
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, start, end, other_start, other_end in matcher.get_opcodes():
        if kind == "equal":
            continue
        was, should = " ".join(old[start:end]), " ".join(new[other_start:other_end])
        if _NUMBER.findall(was) == _NUMBER.findall(should):
            wording = True
        else:
            date = _rest_of_date(new, other_start, other_end)
            yield Kind.FIGURE, f"{was} {date}".strip(_MARKS), f"{should} {date}".strip(_MARKS)
    if wording:
        yield Kind.WORDING, stands.replace("\n", " / "), belongs.replace("\n", " / ")


def _rest_of_date(words: Sequence[str], start: int, end: int) -> str:
    """Month and year behind a day that differs, so that it is seen to be one."""
    for length in (1, 2):
        date = words[max(start, end + length - 3) : end + length]
        if len(date) == 3 and month_number(date[1]) and _YEAR.match(date[2]):
            return " ".join(words[end : end + length])
    return ""


def _sources(should: str, expected: Passage, place: str, sources: Sources | None) -> tuple[Source, ...]:
    numbers = _NUMBER.findall(should)
    if sources is None or not numbers or (len(numbers) > 1 and not _DATE.fullmatch(should)):
        return ()
    return sources.of(numbers[0], expected.text, place)
