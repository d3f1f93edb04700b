"""python -m handrail"""

import gc
import sys

from handrail.cli import run


def main() -> None:
    """Run the command line and leave with its exit code."""
    # A command ends before its garbage matters; looking for it costs a tenth of the time. Watching goes on.
    if "--watch" not in sys.argv:
        gc.disable()
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
