"""What can be asked of Linux without changing this process; the changes are in tests/end_to_end/test_births.py."""

import os
import subprocess
import sys

import pytest

from shared import linux


def test_status_fields_are_those_of_the_process() -> None:
    fields = linux.status_fields()
    assert int(fields["Pid"]) == os.getpid()
    assert int(fields["Uid"].split()[0]) == os.getuid()
    with pytest.raises(OSError, match="No such file"):
        linux.status_fields(2**30)


def test_capabilities_are_read_from_the_mask() -> None:
    mask = int(linux.status_fields()["CapEff"], 16)
    assert linux.has_capability(linux.CAP_SETPCAP) is bool(mask & 1 << linux.CAP_SETPCAP)
    assert not linux.has_capability(63)


COUNT_THREADS = """
import threading
from shared import linux
before = linux.thread_count()
stop = threading.Event()
thread = threading.Thread(target=stop.wait)
thread.start()
during = linux.thread_count()
stop.set()
thread.join()
print(before, during)
"""


def test_threads_are_counted() -> None:
    """In a process of its own: threads of Qt's come and go in this one."""
    done = subprocess.run([sys.executable, "-c", COUNT_THREADS], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["1", "2"]


def test_descriptors_are_listed_without_the_listings_own() -> None:
    before = linux.open_descriptors()
    reader, writer = os.pipe()
    assert set(linux.open_descriptors()) - set(before) == {reader, writer}
    os.close(reader)
    os.close(writer)
    assert linux.open_descriptors() == before
