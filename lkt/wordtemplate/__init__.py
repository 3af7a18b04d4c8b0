"""Any Word template, filled with Jinja: its mistakes told with their places, charts, contents."""
