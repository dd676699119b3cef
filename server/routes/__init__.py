"""One module a room; a handler parses, makes one call and returns what PostgreSQL answered."""
