"""What a Word file, a template and one rendering of it may come to. SECURITY.md tells these numbers."""

# A Word file

BYTES = 200 * 1024 * 1024
"""Unpacked."""
PARTS = 3000
"""Parts; python-docx compares them with each other."""
INDEXES = 400
"""Parts with relationships; python-docx follows them by recursion."""
RELATIONS = 10_000
"""Relationships, links among them; python-docx looks for the part of each among all parts."""
MARKS = 500_000
"""Signs < and = of its XML, thus elements and attributes. A report of forty pages has 17,000."""

# The tags of a template; ours have some five hundred

TAGS = 5000
"""Tags."""
TAG_LETTERS = 200_000
"""Letters of all tags."""
MISTAKES = 200
"""Mistakes of names and kinds that are told at once; to look for what each means takes a moment."""
LONGEST_TAG = 4000
"""Letters of one."""
DEEPEST_TAG = 60
"""Brackets and signs in one; Python cannot read what nests a hundred deep."""
DEEPEST = 16
"""Blocks in each other; Python reads no more than twenty."""

# One rendering

STEPS = 1_000_000
"""Turns of loops, and items that filters look at, in one document; a long report takes a few thousand."""
CHARACTERS = 10_000_000
"""Of the XML of a document; a report of a hundred pages has a million or two."""
LONGEST = 1_000_000
"""Of one text, in characters, and of one list."""
LARGEST = 10**30
"""Whole numbers that are sums."""
BATCH = 1000
"""Items of one batch."""
SECONDS = 20
"""Until all is filled in."""
