"""`python -m tests.access.write_routes`: rewrites routes.csv from what the API answers.

Read the difference before committing it: each changed cell is somebody's access.
"""

from __future__ import annotations

import os
import sys

import pytest

REWRITE = "QUARTERBASE_REWRITE_ROUTES"

if __name__ == "__main__":
    os.environ[REWRITE] = "1"
    sys.exit(pytest.main(["-q", "tests/access/test_routes.py", "-k", "as_the_matrix_says"]))
