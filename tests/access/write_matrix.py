"""`python -m tests.access.write_matrix`: rewrites matrix.csv from what a deployment grants.

Read the difference before committing it: each changed cell is somebody's right.
"""

from __future__ import annotations

import os
import sys

import pytest

REWRITE = "QUARTERBASE_REWRITE_MATRIX"

if __name__ == "__main__":
    os.environ[REWRITE] = "1"
    sys.exit(pytest.main(["-q", "tests/access/test_matrix.py", "-k", "catalog"]))
