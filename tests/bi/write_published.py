"""`python -m tests.bi.write_published`: rewrites published.csv from what a deployment publishes.

Columns may be added and words changed. A column that goes, or changes its type, breaks a tool
somewhere: it is refused, unless the released file has it as "Deprecated: use …".
"""

from __future__ import annotations

import os
import sys

import pytest

REWRITE = "QUARTERBASE_REWRITE_PUBLISHED"

if __name__ == "__main__":
    os.environ[REWRITE] = "1"
    sys.exit(pytest.main(["-q", "tests/bi/test_published.py", "-k", "catalog"]))
