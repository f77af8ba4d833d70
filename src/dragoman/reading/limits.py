"""The limits that hostile or broken input runs into. Each was chosen far above what real reports need."""

from __future__ import annotations

MEGABYTE = 1_000_000

HEAD_BYTES = 65_536
"""How much of an input is looked at to tell its kind."""
MAX_PAGE_BYTES = 20 * MEGABYTE
"""Largest page, feed or plain text read whole; the biggest page of our samples has 0.3 MB."""
MAX_FEED_BYTES = 5 * MEGABYTE
"""Largest RSS or Atom feed; the parser takes a second and more for each megabyte."""
MAX_TEXT_CHARS = 5 * MEGABYTE
"""Longest text of one report: about ten novels."""
MAX_RECORD_BYTES = 20 * MEGABYTE
"""Longest JSON record or table row."""
MAX_RATIO = 200
"""Decompressed size over compressed size from which an archive counts as a bomb (news text packs 3 to 12 times)."""
MAX_SENTENCE_CHARS = 50_000
"""Longest run without the end of a sentence; the longest of our 2,600 reports has under 3,000."""
MAX_DEPTH = 200
"""Deepest nesting of HTML elements that is kept; libxml2 silently drops text from depth 256 on."""
MAX_ELEMENTS = 30_000
"""Most elements on one HTML page: finding its text takes some 5 s there, and grows with their square."""
MAX_ATTRIBUTES = 1_000
"""Most attributes on one HTML tag; parsing time grows with their square."""
MIN_WORDS = 4
"""Fewest words that can make a report."""
MIN_LETTER_SHARE = 0.5
"""Least share of letters among the characters that aren't blank; below it the text is a table or code, not prose."""
