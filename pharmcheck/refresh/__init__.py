"""Refreshes the user's lists from what authorities publish."""
