"""Thousands of summaries in the memory of a few: each is kept packed, and made anew when it is asked for."""

import itertools
import pickle
import zlib
from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from tempfile import TemporaryFile
from typing import IO, Generic, TypeVar, overload

S = TypeVar("S")
T = TypeVar("T")
_WINDOW = -15  # of zlib, without a heading: each of thousands would have its own
_QUICK = 1
_FEW = 200
_AT_ONCE = 500


class _Made(Sequence[T]):
    """A sequence whose values are made when they are asked for."""

    @abstractmethod
    def _at(self, number: int) -> T:
        """The value of that number, from 0 to the last."""

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[T]: ...
    def __getitem__(self, place: int | slice) -> T | Sequence[T]:
        """The value there, or those."""
        numbers = range(len(self))[place]
        return self._at(numbers) if isinstance(numbers, int) else [self._at(number) for number in numbers]


class Packed(_Made[T]):
    """Values that can be pickled, packed one by one as they come; the first ones are kept as they are.

    A summary of 1,400 bytes, five thousand with all its objects, takes some 250: what the first one holds,
    the names of programmes and indicators above all, is not written again in the others. Making one anew
    takes 30 µs, which a kabupaten with its few dozen need not spend.
    """

    def __init__(self, values: Iterable[T]) -> None:
        """Pack them; none of them is kept as it was."""
        coming = iter(values)
        self._first = tuple(itertools.islice(coming, _FEW))
        self._known = pickle.dumps(self._first[:1], pickle.HIGHEST_PROTOCOL)
        self._packed = tuple(map(self._packing, coming))

    def _packing(self, value: T) -> bytes:
        packer = zlib.compressobj(_QUICK, wbits=_WINDOW, zdict=self._known)
        return packer.compress(pickle.dumps(value, pickle.HIGHEST_PROTOCOL)) + packer.flush()

    def __len__(self) -> int:
        """How many there are."""
        return len(self._first) + len(self._packed)

    def _at(self, number: int) -> T:
        """The value there, or one that is equal to it."""
        if number < len(self._first):
            return self._first[number]
        data = zlib.decompressobj(_WINDOW, self._known).decompress(self._packed[number - len(self._first)])
        value: T = pickle.loads(data)  # noqa: S301 - our own
        return value


class Laid(Generic[T]):
    """Values that can be pickled, laid in a file as they come, to be gone through once; few need no file."""

    def __init__(self, values: Iterable[T]) -> None:
        """Lay them down.

        Raises:
            OSError: the folder for temporary files is full or closed.
        """
        self._file: IO[bytes] | None = None
        self._laid = 0
        self._last: list[T] = []
        for value in values:
            if len(self._last) == _AT_ONCE:
                self._lay()
            self._last.append(value)

    def _lay(self) -> None:
        if self._file is None:
            self._file = TemporaryFile(prefix="lkt-")  # noqa: SIM115 - closed when it was read
        pickle.dump(self._last, self._file, pickle.HIGHEST_PROTOCOL)
        self._laid += 1
        self._last.clear()

    def __len__(self) -> int:
        """How many there are."""
        return self._laid * _AT_ONCE + len(self._last)

    def __iter__(self) -> Iterator[T]:
        """From the first to the last; the file is gone then."""
        if self._file is not None:
            with self._file as file:
                file.seek(0)
                for _ in range(self._laid):
                    yield from pickle.load(file)  # noqa: S301 - our own
        yield from self._last


class Mapped(_Made[T], Generic[S, T]):
    """What is made of each value of a sequence, whenever it is asked for.

    Args:
        make: from the value and its place, from 0.
        values: the sequence.
    """

    def __init__(self, make: Callable[[S, int], T], values: Sequence[S]) -> None:
        self._make, self._values = make, values

    def __iter__(self) -> Iterator[T]:
        """What is made of each, from the first to the last."""
        return map(self._make, self._values, itertools.count())

    def __len__(self) -> int:
        """How many there are."""
        return len(self._values)

    def _at(self, number: int) -> T:
        return self._make(self._values[number], number)
