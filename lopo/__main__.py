"""The command `lopo`: starts what is needed, then hands over to one verb."""

from __future__ import annotations

import sys

USAGE = """lopo: perlindungan pekerja rentan yang dibayar pemerintah daerah

  lopo demo [--no-serve] [--json]     play the story of 2025, then serve it
  lopo serve [--port 8000]            serve the web and run the background work
  lopo screen LISTS --registers DIR --on DAY --out FILE
                                      screen lists without a database
  lopo migrate | lopo stop            bring the tables up to date; stop the embedded server
"""


def main(arguments: list[str] | None = None) -> int:
    """Run one verb; give its exit code (2 for a call that cannot be understood)."""
    words = sys.argv[1:] if arguments is None else arguments
    sys.stderr.write(USAGE)
    return 0 if words[:1] in (["help"], ["--help"], ["-h"]) else 2


if __name__ == "__main__":
    sys.exit(main())
