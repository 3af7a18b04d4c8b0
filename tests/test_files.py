"""Files read with care."""

import io

import pytest

from lkt import files


@pytest.mark.parametrize(
    ("content", "size", "read"),
    [
        (b"abc", 3, b"abc"),
        (b"", 0, b""),
        (b"abcdefgh", 3, b"abcdefgh"),
        (b"a", 3, b"a"),
    ],
    ids=["as large as it was", "empty", "it has grown", "it has shrunk"],
)
def test_a_file_that_changes_its_size_is_read_whole(content: bytes, size: int, read: bytes) -> None:
    assert files._whole(io.BytesIO(content), size) == read
