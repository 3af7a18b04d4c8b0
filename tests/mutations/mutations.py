"""The catalogue of mistakes, in the order of the workbook."""

from tests.mutations import anggaran, desa, fasilitasi, identitas, indikator, sebelumnya, struktur, teks
from tests.mutations.kit import Mutation

MUTATIONS: tuple[Mutation, ...] = (
    *identitas.MUTATIONS,
    *indikator.MUTATIONS,
    *anggaran.MUTATIONS,
    *fasilitasi.MUTATIONS,
    *desa.MUTATIONS,
    *teks.MUTATIONS,
    *struktur.MUTATIONS,
    *sebelumnya.MUTATIONS,
)
