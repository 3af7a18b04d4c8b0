"""The free days of years that are over and done, as the package ``holidays`` knows them.

``python -m tests.settled_holidays`` writes them to ``lkt/data/libur.csv``, from which ``lkt.calendar`` reads
them in a thousandth of the time that the package takes to load. A test compares the two.
"""

import csv
import io

from holidays.countries.indonesia import Indonesia

from lkt.calendar import SETTLED, SETTLED_FILE


def settled_csv() -> str:
    """The content of the file: date and name, a line a free day."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(("tanggal", "nama"))
    for year in SETTLED:
        days = Indonesia(years=year, language="id", categories=("public", "government"))
        writer.writerows((day.isoformat(), name) for day, name in sorted(days.items()))
    return buffer.getvalue()


if __name__ == "__main__":
    SETTLED_FILE.write_text(settled_csv(), encoding="utf-8", newline="\n")
