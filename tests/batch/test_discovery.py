"""Which files are workbooks, whose they are, and who is expected."""

import errno
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from lkt.batch.discovery import STATE, Owner, discover, expected_by_the_list, read_expected
from lkt.errors import LktError


def test_what_is_passed_over_is_told(tmp_path: Path) -> None:
    reasons = {
        "~$q1.xlsx": "berkas kunci sementara Excel",
        "q1 (diperiksa).xlsx": "salinan yang ditulis lkt",
        "q1 (baru 2).xlsx": "salinan yang ditulis lkt",
        "catatan.docx": "bukan .xlsx (.docx)",
        "catatan": "bukan .xlsx (tanpa akhiran)",
    }
    for name in (*reasons, ".tersembunyi.xlsx", "q1.xlsx"):
        (tmp_path / name).write_bytes(b"")
    found = discover([tmp_path], tmp_path / "hasil")
    assert {path.name: reason for path, reason in found.passed} == reasons
    assert [path.name for path in found.workbooks] == ["q1.xlsx"]


def test_folders_that_cannot_be_gone_through_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("terkunci", "lain/dalam"):
        (tmp_path / name).mkdir(parents=True)
    for name in ("q1.xlsx", "lain/q2.xlsx", "lain/dalam/q3.xlsx"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "lain" / "dalam" / "putar").symlink_to(tmp_path / "lain")
    (tmp_path / "sendiri").symlink_to(tmp_path / "sendiri")
    deep = tmp_path.joinpath("dasar", *"x" * 80)
    deep.mkdir(parents=True)
    iterdir = Path.iterdir

    def guarded(path: Path) -> Iterator[Path]:
        if path.name == "terkunci":  # the one who runs the tests may read everything
            raise PermissionError(errno.EACCES, "")
        return iterdir(path)

    monkeypatch.setattr(Path, "iterdir", guarded)
    found = discover([tmp_path], tmp_path / "hasil")
    assert {path.name for path in found.workbooks} == {"q1.xlsx", "q2.xlsx", "q3.xlsx"}
    assert {path.name: reason for path, reason in found.passed} == {
        "terkunci": "foldernya tidak dapat dibuka: izinnya tidak ada",
        "putar": "tautannya berputar-putar",
        "sendiri": "bukan .xlsx (tanpa akhiran)",
        "x": "foldernya terlalu bertingkat",
    }


@pytest.mark.parametrize("out", [".", "hasil"])
def test_what_a_batch_wrote_is_not_taken_for_a_workbook(out: str, tmp_path: Path) -> None:
    folder = tmp_path / out
    (folder / STATE).mkdir(parents=True)
    (folder / "temuan").mkdir()
    for path in (tmp_path / "q1.xlsx", folder / "rekap.xlsx", folder / "temuan" / "q1.xlsx"):
        path.write_bytes(b"")
    for later in (folder, tmp_path.parent / "lain"):
        assert [path.name for path in discover([tmp_path], later).workbooks] == ["q1.xlsx"]
    assert "folder hasil lkt" in dict(discover([tmp_path], folder).passed).values()


def test_a_recap_of_ones_own_is_a_workbook_like_any_other(tmp_path: Path) -> None:
    (tmp_path / "rekap.xlsx").write_bytes(b"")
    assert discover([tmp_path], tmp_path / "hasil").workbooks == (tmp_path / "rekap.xlsx",)


def test_names_in_the_order_of_their_numbers_and_each_once(tmp_path: Path) -> None:
    for name in ("q10.xlsx", "q2.xlsx", "Q1.xlsx"):
        (tmp_path / name).write_bytes(b"")
    found = discover([tmp_path, tmp_path / "q2.xlsx"], tmp_path / "hasil").workbooks
    assert [path.name for path in found] == ["Q1.xlsx", "q2.xlsx", "q10.xlsx"]


@pytest.mark.parametrize(
    ("kode", "name", "alike"),
    [
        ("35.08.01", "Senduro", [0, 2]),
        ("350801", "Klakah", [0, 3]),
        ("35.08.09", "Senduro", [2]),
        ("", "SENDURO", [0, 1, 2]),
        ("", "", []),
        ("35.08.09", "", []),
    ],
)
def test_the_same_code_or_the_same_name_where_one_has_no_code(
    kode: str, name: str, alike: Sequence[int]
) -> None:
    known = (("35.08.01", "Senduro"), ("35.08.02", "Senduro"), ("", "Senduro"), ("", "Klakah"), ("", ""))
    owners = [Owner(Path(str(number)), *each) for number, each in enumerate(known)]
    asked = Owner(Path(), kode, name)
    assert [number for number, owner in enumerate(owners) if asked.is_same_kecamatan(owner)] == alike


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        (b"Sukamulya\n\nSUKAJAYA\nSukamulya\n", [("", "Sukamulya"), ("", "SUKAJAYA")]),
        (
            "\ufeffKode_Kec;Kecamatan\n35.08.90;Sukamulya\n35.08.91;x\n".encode(),
            [("35.08.90", "Sukamulya"), ("35.08.91", "x")],
        ),
        (b'kecamatan,kode,nama\n"Sukamulya",1,A\nSukamulya,2,B\nSuka\n', [("", "Sukamulya"), ("", "Suka")]),
        ("Sukamulya – Timur\n".encode("cp1252"), [("", "Sukamulya – Timur")]),
        ("sep=|\nno|kecamatan\n1|Sukamulya\n".encode("utf-16"), [("", "Sukamulya")]),
    ],
    ids=["lines", "codes", "a roster", "of Windows", "of Excel"],
)  # fmt: skip
def test_who_is_expected(listed: bytes, expected: list[tuple[str, str]], tmp_path: Path) -> None:
    path = tmp_path / "daftar.csv"
    path.write_bytes(listed)
    assert [(owner.kode, owner.kecamatan) for owner in read_expected(path)] == expected


@pytest.mark.parametrize("content", [b"", b"kode;kecamatan\n"])
def test_a_list_that_names_nobody(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "kosong.csv").write_bytes(content)
    with pytest.raises(LktError, match="tidak menyebut satu kecamatan pun"):
        read_expected(tmp_path / "kosong.csv")


SENDURO, PASRUJAMBE = Owner(Path("a"), "35.08.12", "Senduro"), Owner(Path("b"), "35.08.11", "Pasrujambe")
BY_NAME = Owner(Path("c"), "", "Pasrujambe", daerah="Kabupaten Lumajang")


@pytest.mark.parametrize(
    ("owners", "number"),
    [
        ((SENDURO, PASRUJAMBE), 21),
        ((SENDURO, BY_NAME), 21),
        ((SENDURO,), 0),
        ((SENDURO, replace(SENDURO, path=Path("tw2"))), 0),
        ((Owner(Path("a"), "35.08.90", "Sukasari"), Owner(Path("b"), "35.08.91", "Sukamulya")), 0),
        ((Owner(Path("a")), Owner(Path("b"), "", "Senduro")), 0),
        (
            (SENDURO, PASRUJAMBE, Owner(Path("d"), "35.73.01"), Owner(Path("e"), "35.73.05", "Lowokwaru")),
            26,
        ),
    ],
)  # fmt: skip
def test_who_is_expected_by_the_official_list(owners: tuple[Owner, ...], number: int) -> None:
    assert len(expected_by_the_list(owners)) == number
