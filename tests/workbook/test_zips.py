"""A zip file of somebody else: what is read is what Python's own zipfile reads, or it is damaged."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkt.bounded import ZIP_DAMAGE, BoundedZip, ZipTroubleError, open_zip
from tests.hard.kinds import zipped

NAMES = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=9)


def contents(archive: zipfile.ZipFile) -> dict[str, bytes]:
    return {entry.filename: archive.read(entry) for entry in archive.infolist()}


@given(
    st.dictionaries(NAMES, st.binary(max_size=300), max_size=4),
    st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]),
    st.binary(max_size=20),
)
def test_entries_are_read_as_zipfile_reads_them(parts: dict[str, bytes], method: int, before: bytes) -> None:
    data = before + zipped(parts, method)
    with open_zip(data, 10_000) as ours, zipfile.ZipFile(io.BytesIO(data)) as theirs:
        assert contents(ours) == contents(theirs)


@given(st.integers(min_value=0), st.integers(min_value=1, max_value=255))
def test_no_changed_byte_gives_other_content(place: int, change: int) -> None:
    parts = {"satu.xml": b"<a>isi</a>" * 20, "dua.xml": b""}
    data = bytearray(zipped(parts))
    data[place % len(data)] ^= change
    try:
        with open_zip(bytes(data), 10_000) as archive:
            read = contents(archive)
    except (ZipTroubleError, *ZIP_DAMAGE):
        return
    assert {*read.values()} <= {*parts.values()}


def test_an_entry_that_was_renamed_in_one_place_is_damaged() -> None:
    data = zipped({"satu.xml": b"isi"}).replace(b"satu.xml", b"dua_.xml", 1)
    with open_zip(data, 10_000) as archive, pytest.raises(zipfile.BadZipFile):
        archive.read("satu.xml")


@pytest.mark.parametrize("flag", [0x1, 0x20, 0x40])
def test_an_entry_that_needs_more_than_unpacking_is_damaged(flag: int) -> None:
    with BoundedZip(zipped({"satu.xml": b"isi"})) as archive:
        archive.getinfo("satu.xml").flag_bits |= flag
        with pytest.raises(NotImplementedError):
            archive.read("satu.xml")
