"""What stops a patch: a package that cannot be read, or a cell that cannot be written."""

from lkt.errors import LktError, UnreadableWorkbookError


class PatchError(LktError):
    """A cell cannot be given its new value without breaking the workbook."""


def unreadable(detail: str) -> UnreadableWorkbookError:
    """The error for a damaged package."""
    return UnreadableWorkbookError(
        f"Buku kerja rusak atau tidak lengkap: {detail}.",
        "Buka di Excel atau WPS, simpan sebagai berkas .xlsx baru, lalu coba lagi.",
    )
