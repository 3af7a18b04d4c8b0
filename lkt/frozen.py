"""Frozen values of which a workbook makes thousands.

The constructor of a frozen dataclass sets each field past its own prohibition to set any, which takes three
times as long as setting it plainly: a twentieth of a whole report. These are frozen for the type checker,
which reads all of our code; while the program runs nothing stands in the way of the constructor.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as quick_dataclass
else:
    from dataclasses import dataclass

    def quick_dataclass(*, frozen: bool, **options: Any) -> Any:
        """A dataclass with the same options, hashable as a frozen one is."""
        return dataclass(unsafe_hash=frozen, **options)


__all__ = ["quick_dataclass"]
