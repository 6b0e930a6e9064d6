"""``python -m interviewer``."""

import sys

from interviewer.cli.main import main

sys.exit(main())
