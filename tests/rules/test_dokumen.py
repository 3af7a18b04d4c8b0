import pytest

from tests.builders import Case, Finds, Passes

CASES: tuple[Case, ...] = (
    Finds("P101", {"Dokumen!A3": "rkpdesa"}, "Dokumen!A3, Dokumen!A2", "Dokumen RKPDesa tercantum 2 kali"),
    Passes("P101", {"Dokumen!A3": "APBDesa Perubahan", "Desa!D1": "APBDesa Perubahan"}),
    Finds(
        "P102",
        {"Dokumen!B4": "2021"},
        "Dokumen!C4, Dokumen!B4",
        "LPPDesa tahun anggaran 2021: Batas Waktu 31 Maret 2024",
    ),
    Passes("P102", {"Dokumen!B4": "2024"}),
    Finds("P103", {"Dokumen!C2": "2025-09-30"}, "Dokumen!C2", "RKPDesa / laporan ini untuk tahun 2024"),
    Passes(
        "P103",
        {
            "Dokumen!B2": "2024",
            "Dokumen!C2": "2023-09-30",
            "Desa!C2": "2023-09-12",
            "Desa!C3": "2023-09-12",
            "Desa!C4": "2023-09-12",
        },
    ),
    Finds(
        "P104", {"Dokumen!C2": '"September 2024"'}, "Dokumen!C2", "Batas Waktu RKPDesa diisi September 2024"
    ),
    Passes("P104", {"Dokumen!C2": '"30 September 2024"'}),
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_rule(case: Case) -> None:
    case.verify()
