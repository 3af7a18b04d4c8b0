"""Everything that touches .xlsx: the declaration, one cell, the reader, the writer."""
