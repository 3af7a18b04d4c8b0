"""All workbooks of a kabupaten in one go: found, worked out on all cores, and summed up."""
