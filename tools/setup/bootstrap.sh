# Sourced by tools/start and tools/test: run_setup MODULE [ARGUMENT…]
# Finds any Python 3.11 or later and hands over to tools/setup/MODULE.py, which picks the one to use.

root=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "$0")")/.." && pwd -P)

run_setup() {
    module=$1
    shift
    # Whatever made an environment here before is quickest to find, and known to be new enough.
    if [ -x "$root/.venv/bin/python" ]; then
        exec "$root/.venv/bin/python" -I -S "$root/tools/setup/$module.py" "$@"
    fi
    for python in python3 /usr/bin/python3 /usr/local/bin/python3 \
        python3.14 python3.13 python3.12 python3.11 "${HOME:-/}"/.pyenv/versions/3.1[1-9].*/bin/python3; do
        if "$python" -I -S -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            exec "$python" -I -S "$root/tools/setup/$module.py" "$@"
        fi
    done
    echo "Browser OS needs Python 3.11 or later, and none was found." >&2
    echo "On Debian 12 or later:  apt-get install python3 python3-venv" >&2
    exit 1
}
