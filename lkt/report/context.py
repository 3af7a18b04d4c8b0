"""What a report is made from."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from lkt.figures import Figure, printed
from lkt.indicators.kinds import counted_rows
from lkt.model import Dataset, Fasilitasi
from lkt.pipeline import Result
from lkt.wordtemplate import Picture


@dataclass(frozen=True)
class Laporan:
    """What a report is made from.

    Attributes:
        result: the workbook, its figures and findings.
        photos: number of a row of sheet Kegiatan -> its picture, ready to print.
        logo: the logo, ready to print.
        figures: whether the report lists what each figure rests on.
    """

    result: Result
    photos: Mapping[int, Picture]
    logo: Picture | None = None
    figures: bool = False

    @property
    def dataset(self) -> Dataset:
        """The workbook as read."""
        return self.result.dataset

    @property
    def decimals(self) -> int:
        """Decimals of a printed percentage."""
        return self.dataset.identitas.decimals

    @cached_property
    def counted(self) -> tuple[Fasilitasi, ...]:
        """The rows of the log that count."""
        return counted_rows(self.dataset.fasilitasi, self.result.computed.periode)

    def figure(self, figure: Figure | None) -> str:
        """A figure as the report prints it; "-" where there is none."""
        return "-" if figure is None else printed(figure, self.decimals)
