"""The clock, and what it fetches from outside."""
