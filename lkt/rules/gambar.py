"""What is said about a picture that cannot be printed, be it a photo or the logo."""

from lkt.model import Gambar, GambarProblem
from lkt.rules.common import alternatives

NOT_FOUND = frozenset({GambarProblem.MISSING, GambarProblem.OUTSIDE})
"""The problems of a name; the others are those of a picture."""

_COMPLAINTS = {
    GambarProblem.MISSING: "tidak ada di folder buku kerja",
    GambarProblem.OUTSIDE: "berada di luar folder buku kerja dan tidak dibaca",
    GambarProblem.LOST: "hilang dari buku kerja, biasanya karena disimpan dengan program lain",
    GambarProblem.NOT_A_PICTURE: "bukan gambar",
    GambarProblem.DAMAGED: "rusak atau terpotong",
    GambarProblem.TOO_LARGE: "terlalu besar ukurannya untuk dibuka dengan aman",
}
_REPAIRS = {
    GambarProblem.OUTSIDE: "Salin berkasnya ke folder buku kerja, lalu tulis nama berkasnya saja.",
    GambarProblem.LOST: "Tempelkan lagi gambarnya pada selnya, atau tulis nama berkasnya.",
    GambarProblem.NOT_A_PICTURE: "Tulis nama berkas gambar berformat JPG atau PNG, misalnya foto-1.jpg.",
    GambarProblem.DAMAGED: "Salin ulang dari kamera atau pengirimnya, lalu pasang lagi di buku kerja.",
    GambarProblem.TOO_LARGE: "Perkecil dengan aplikasi foto, misalnya menjadi 4000 × 3000 piksel.",
}
_REPAIRS_OF_FORMAT = {
    "HEIC": "Buka fotonya lalu simpan atau ekspor sebagai JPG. Agar iPhone langsung memakai JPG: "
    "Pengaturan > Kamera > Format > Paling Kompatibel."
}


def complaint(gambar: Gambar) -> str:
    """What is wrong with a picture, to follow its name in a sentence; with its full stop."""
    if gambar.masalah is None:
        return ""
    if gambar.masalah is GambarProblem.UNPRINTABLE:
        return f"berformat {gambar.format}, yang tidak dapat dicetak."
    meant = f" Maksud Anda {alternatives([f'“{name}”' for name in gambar.saran])}?" if gambar.saran else ""
    return f"{_COMPLAINTS[gambar.masalah]}.{meant}"


def repair(gambar: Gambar) -> str:
    """What to do about it; empty where the rule's own repair says it."""
    if gambar.masalah is None:
        return ""
    if gambar.masalah is GambarProblem.UNPRINTABLE:
        return _REPAIRS_OF_FORMAT.get(gambar.format, "Simpan gambarnya sebagai JPG atau PNG.")
    return _REPAIRS.get(gambar.masalah, "")
