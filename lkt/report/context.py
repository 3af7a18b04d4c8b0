"""What a report is made from."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lkt.figures import Figure, printed
from lkt.indicators.kinds import counted_rows
from lkt.model import Dataset, Fasilitasi
from lkt.pipeline import Result
from lkt.wordtemplate.values import Picture


@dataclass(frozen=True, slots=True)
class Laporan:
    """What a report is made from.

    Attributes:
        result: the workbook, its figures and findings.
        photos: number of a row of sheet Kegiatan -> its picture, ready to print.
        logo: the logo, ready to print.
        decimals: decimals of a printed percentage.
        dihitung: the rows of the log that count.
        texts: figures as printed, by their identity, since tables, sentences and charts print the same one.
        built: values of fields that stand in several lists, by the identity of what they are of.
    """

    result: Result
    photos: Mapping[int, Picture]
    logo: Picture | None = None
    decimals: int = field(init=False)
    dihitung: tuple[Fasilitasi, ...] = field(init=False)
    texts: dict[int, str] = field(default_factory=dict, init=False, repr=False, compare=False)
    built: dict[int, dict[str, object]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Look up once what several fields ask for."""
        object.__setattr__(self, "decimals", self.dataset.identitas.decimals)
        rows = counted_rows(self.dataset.fasilitasi, self.result.computed.periode)
        object.__setattr__(self, "dihitung", rows)

    @property
    def dataset(self) -> Dataset:
        """The workbook as read."""
        return self.result.dataset

    def figure(self, figure: Figure | None) -> str:
        """A figure of ``result`` as the report prints it; "-" where there is none."""
        if figure is None:
            return "-"
        key = id(figure)  # of no other one, while ``result`` keeps it
        if key not in self.texts:
            self.texts[key] = printed(figure, self.decimals)
        return self.texts[key]
