import pytest

from tests.builders import Case, Finds, Passes

CASES: tuple[Case, ...] = (
    Finds(
        "G101",
        {"Kegiatan!C2": "2024-04-02"},
        "Kegiatan!C2",
        "Kegiatan “Bersih Desa Sidomukti” bertanggal 2 April 2024, di luar 1 Januari 2024 s.d. 31 Maret 2024",
    ),
    Finds(
        "G101",
        {"Identitas!B8": "2024-02-05"},
        "Kegiatan!C2",
        "sesudah laporan ditandatangani (5 Februari 2024)",
        ("I102", "D104"),
    ),
    Passes("G101", {"Kegiatan!C2": '"19 s.d. 26 Februari 2024"'}),
    Passes("G101", {"Kegiatan!C2": "2024-01-10"}, triwulan=4),
    Finds("G102", {"Kegiatan!E2": ""}, "Kegiatan!E2", "belum mempunyai foto"),
    Passes("G102", {"Kegiatan!E2": "foto-2.jpg"}),
    Finds("G103", {"Kegiatan!E2": "foto-9.jpg"}, "Kegiatan!E2", "foto “foto-9.jpg” tidak ada di folder"),
    Finds("G103", {"Kegiatan!E2": "Foto-3.JPEG"}, "Kegiatan!E2", "Maksud Anda “foto-3.jpg”?"),
    Finds("G103", {"Kegiatan!E2": "../pyproject.toml"}, "Kegiatan!E2", "di luar folder"),
    Passes("G103", {"Kegiatan!E2": "foto-4.jpg"}),
    Finds("G104", {"Kegiatan!E2": "README.md"}, "Kegiatan!E2", "foto “README.md” bukan gambar"),
    Passes("G104", {"Kegiatan!E2": "foto-1.jpg"}),
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_rule(case: Case) -> None:
    case.verify()
