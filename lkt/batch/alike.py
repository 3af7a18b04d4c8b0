"""Which of many belong to one kecamatan, found without comparing each with every other."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Generic, TypeVar

from lkt.batch.identity import same_kecamatan

T = TypeVar("T")
Mark = tuple[str, str]
"""What a kecamatan is known by, as ``Owner.mark`` gives it: code and name, either may be empty."""


class Alike(Generic[T]):
    """Items by the kecamatan that they are of.

    Two marks of one kecamatan share the code or the name, so only what does is compared: all Indonesia is
    indexed in the time that it takes to read it.
    """

    def __init__(self, items: Iterable[tuple[Mark, T]]) -> None:
        """Take items with their marks."""
        self._items = list(items)
        self._places: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
        for place, (mark, _) in enumerate(self._items):
            for key in enumerate(mark):
                self._places[key].append(place)

    def of(self, mark: Mark) -> list[T]:
        """The items of one kecamatan, in their order."""
        keys = [key for key in enumerate(mark) if key[1]]
        places = sorted({place for key in keys for place in self._places.get(key, ())})
        return [self._items[place][1] for place in places if same_kecamatan(mark, self._items[place][0])]
