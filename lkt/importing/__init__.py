"""``lkt import``: the office's last report and its Excel sheets become a workbook."""
