import pytest

from lkt.bounded import measure, whole


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12), (" 12 ", 12), ("-3", -3), ("+3", 3), ("007", 7), (None, 5), ("", 5), ("x", 5), ("1.5", 5),
        ("1e3", 5), ("٣", 5), ("²", 5), ("1_000", 5), ("9" * 5000, 5),
        ("1234567890123456", 5), ("123456789012345", 123456789012345), ("A1", 5),
    ],
)  # fmt: skip
def test_whole_numbers(text: str | None, number: int) -> None:
    assert whole(text, 5) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("8.43", 8.43), ("15", 15.0), ("0", 0.0), (None, 5.0), ("", 5.0), ("x", 5.0), ("NaN", 5.0),
        ("inf", 5.0), ("1e999", 5.0), ("-1", 5.0), ("1e12", 5.0),
    ],
)  # fmt: skip
def test_measures(text: str | None, number: float) -> None:
    assert measure(text, 5.0) == number
