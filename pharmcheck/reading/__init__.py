"""Bytes to facts: each page is parsed once, and everything here is pure."""
