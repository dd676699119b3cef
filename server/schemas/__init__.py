"""The shapes of the HTTP contract: one module a room, and what they share.

Requests are decoded into these and refused when they do not fit. Answers are built by PostgreSQL
and only described here; a test decodes real answers into them strictly.
"""
