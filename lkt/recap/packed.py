"""Thousands of summaries in the memory of a few: each is kept packed, and made anew when it is asked for."""

import pickle
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Generic, TypeVar, overload

S = TypeVar("S")
T = TypeVar("T")
_WINDOW = -15  # of zlib, without a heading: each of thousands would have its own
_QUICK = 1


class Packed(Sequence[T], Generic[T]):
    """Values that can be pickled, packed one by one as they come.

    A summary of 1,400 bytes, five thousand with all its objects, takes some 250: what the first one holds,
    the names of programmes and indicators above all, is not written again in the others.
    """

    def __init__(self, values: Iterable[T]) -> None:
        """Pack them; none of them is kept as it was."""
        self._known = b""
        packed = []
        for value in values:
            data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
            self._known = self._known or data
            packer = zlib.compressobj(_QUICK, wbits=_WINDOW, zdict=self._known)
            packed.append(packer.compress(data) + packer.flush())
        self._packed = tuple(packed)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._packed)

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[T]: ...
    def __getitem__(self, place: int | slice) -> T | Sequence[T]:
        """The value there, made anew; equal each time, and never the same object."""
        if isinstance(place, slice):
            return [self._made(data) for data in self._packed[place]]
        return self._made(self._packed[place])

    def _made(self, data: bytes) -> T:
        value: T = pickle.loads(zlib.decompressobj(_WINDOW, self._known).decompress(data))  # noqa: S301 - our own
        return value


class Anew(Generic[T]):
    """What can be gone through time and again, and is made anew each time.

    Args:
        make: makes it.
    """

    def __init__(self, make: Callable[[], Iterator[T]]) -> None:
        self._make = make

    def __iter__(self) -> Iterator[T]:
        """From the first."""
        return self._make()


class Mapped(Sequence[T], Generic[S, T]):
    """What is made of each value of a sequence, whenever it is asked for.

    Args:
        make: from the value and its place, from 0.
        values: the sequence.
    """

    def __init__(self, make: Callable[[S, int], T], values: Sequence[S]) -> None:
        self._make, self._values = make, values

    def __len__(self) -> int:
        """How many there are."""
        return len(self._values)

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[T]: ...
    def __getitem__(self, place: int | slice) -> T | Sequence[T]:
        """What is made of the value there."""
        if isinstance(place, slice):
            return [self[number] for number in range(*place.indices(len(self)))]
        return self._make(self._values[place], range(len(self))[place])
