"""Pages. Everything they load comes from this process: they work offline, under a strict CSP."""
