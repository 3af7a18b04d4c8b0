"""All kecamatan of a kabupaten side by side: what is kept of each workbook, and the recap made of it."""
