"""Bulk work: what mails, tables and crawls promote, and checking all of it."""
