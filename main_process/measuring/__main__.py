"""``python -m main_process.measuring``: a module of this name is not imported again by what it starts."""

import json
import sys

from main_process.measuring.program import measure, parse

if __name__ == "__main__":
    json.dump(measure(parse(sys.argv[1:])), sys.stdout)
