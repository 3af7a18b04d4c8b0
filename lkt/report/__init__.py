"""The Word report: a generic template engine for .docx files, knowing nothing of kecamatan or triwulan."""
