"""Whether a report is still what lkt wrote: its visible content, the seal on it, and what differs."""
