"""The official list of areas: finding a kecamatan, what is in it, what it is called."""

import csv
import zipfile
from importlib import resources
from pathlib import Path

import pytest

from docs.areas_data import pack
from lkt import areas


def test_all_of_indonesia_is_there() -> None:
    districts = areas.in_region()
    assert len(districts) == 7277
    assert len({each.region for each in districts}) == 514


@pytest.mark.parametrize(
    ("name", "region", "codes"),
    [
        ("Senduro", "", ["35.08.12"]),
        ("kecamatan  SENDURO", "Kab. Lumajang", ["35.08.12"]),
        ("35.08.12", "", ["35.08.12"]),
        ("Karanganyar", "Kebumen", ["33.05.20"]),
        ("Distrik Sentani", "", ["91.03.01"]),
        ("Tidak Ada", "", []),
        ("Senduro", "Malang", []),
    ],
)
def test_a_kecamatan_is_found_by_name_or_code(name: str, region: str, codes: list[str]) -> None:
    assert [each.code for each in areas.find(name, region)] == codes


def test_several_of_one_name_are_all_given() -> None:
    found = areas.find("Karanganyar")
    assert {"Kabupaten Kebumen", "Kabupaten Demak", "Kabupaten Ngawi"} < {str(each.region) for each in found}


@pytest.mark.parametrize(
    ("region", "count"),
    [("Lumajang", 21), ("Kota Malang", 5), ("Kabupaten Malang", 33), ("Malang", 38), ("35.73", 5)],
)
def test_the_kecamatan_of_a_region(region: str, count: int) -> None:
    assert len(areas.in_region(region)) == count


def test_desa_and_kelurahan_are_told_apart() -> None:
    (lumajang,) = areas.find("Lumajang", "Lumajang")
    kelurahan = [each.name for each in lumajang.villages() if each.is_kelurahan]
    desa = [each.name for each in lumajang.villages() if not each.is_kelurahan]
    assert len(kelurahan) == 7
    assert "Tompokersan" in kelurahan
    assert {"Denok", "Boreng"} < set(desa)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("35.08.12", ("Kecamatan", "Camat", "Desa")),
        ("91.03.01", ("Distrik", "Kepala Distrik", "Kampung")),
        ("34.04.01", ("Kapanewon", "Panewu", "Kalurahan")),
        ("34.71.01", ("Kemantren", "Mantri Pamong Praja", "Kelurahan")),
        ("18.10.01", ("Kecamatan", "Camat", "Pekon")),
        ("18.01.04", ("Kecamatan", "Camat", "Desa")),
        ("11.04.01", ("Kecamatan", "Camat", "Kampung")),
        ("11.06.01", ("Kecamatan", "Camat", "Gampong")),
    ],
)
def test_what_an_area_is_called(code: str, said: tuple[str, str, str]) -> None:
    (district,) = areas.find(code)
    assert (district.terms.kecamatan, district.terms.camat, district.terms.desa) == said


def test_the_licence_travels_with_the_list() -> None:
    with (
        resources.as_file(resources.files("lkt") / "data" / "wilayah.zip") as path,
        zipfile.ZipFile(path) as packed,
    ):
        assert "Open Database License" in packed.read("LICENSE.md").decode()


def test_a_list_is_packed_as_it_stands(tmp_path: Path) -> None:
    rows = {
        "provinces": [["35", "JAWA TIMUR"]],
        "regencies": [["35.26", "35", "KABUPATEN BANGKALAN"]],
        "districts": [["35.26.07", "35.26", "Klampis"]],
        "villages": [["35.26.07.2007", "35.26.07", 'Ra"as']],
    }
    for name, lines in rows.items():
        with (tmp_path / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file, quoting=csv.QUOTE_NONE, quotechar=None).writerows(
                [["code", "parent", "name"], *lines]
            )
    (tmp_path / "LICENSE.md").write_text("Open Database License", encoding="utf-8")
    pack(tmp_path, tmp_path / "a.zip")
    pack(tmp_path, tmp_path / "b.zip")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as packed:
        assert packed.read("kabupaten.csv").decode() == "35.26,KABUPATEN BANGKALAN\n"
        assert packed.read("desa/35.csv").decode() == "26.07.2007,Ra'as\n"
