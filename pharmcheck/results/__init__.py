"""What an audit found, for those who act on it: pages, tables, feeds, block lists, packets, and what changed."""
