"""An input that meets a mistake, made smaller as long as it meets the same one."""

from collections.abc import Callable, Iterator

from lxml import etree

from tests.fuzz.guard import crash_of
from tests.fuzz.mutating import packed, unpacked
from tests.fuzz.targets import Target


def smaller(target: Target, data: bytes, key: str) -> bytes:
    """The smallest input that is found by leaving out entries, then elements, the large ones first."""

    def meets(candidate: bytes) -> bool:
        crash = crash_of(target.read, candidate)
        return crash is not None and crash.key == key

    again = packed(unpacked(data)) if unpacked(data) else data
    best = again if meets(again) else data
    for shrink in (_without_entries, _without_elements):
        best = _shrunk(best, shrink, meets)
    return best


Shrink = Callable[[bytes, int], Iterator[bytes]]


def _shrunk(data: bytes, shrink: Shrink, meets: Callable[[bytes], bool]) -> bytes:
    """Try each candidate in turn; after a success go on from there."""
    start = 0
    while True:
        for number, candidate in enumerate(shrink(data, start), start):
            if meets(candidate):
                data, start = candidate, number
                break
        else:
            return data


def _without_entries(data: bytes, start: int) -> Iterator[bytes]:
    parts = unpacked(data)
    for at in range(start, len(parts)):
        yield packed(parts[:at] + parts[at + 1 :])


def _without_elements(data: bytes, start: int) -> Iterator[bytes]:
    """Without one element of one part, in document order; what was kept is not tried again."""
    number = 0
    for at, (name, part) in enumerate(unpacked(data)):
        try:
            count = sum(1 for _ in etree.fromstring(part).iter())
        except (etree.LxmlError, ValueError):
            continue
        for place in range(1, count):
            if number >= start:
                root = etree.fromstring(part)
                element = list(root.iter())[place]
                parent = element.getparent()
                if parent is not None:
                    parent.remove(element)
                parts = unpacked(data)
                parts[at] = (name, etree.tostring(root))
                yield packed(parts)
            number += 1
