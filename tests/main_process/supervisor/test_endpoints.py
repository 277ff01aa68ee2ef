"""Every end has an owner, and is closed."""

import os

import pytest

from main_process.supervisor.endpoints import Endpoints
from shared.channels.process import ProcessKind
from shared.contract import Party


@pytest.mark.parametrize(
    ("kind", "party"), [(ProcessKind.PAGE, Party.PAGE), (ProcessKind.WEB_HOST, Party.WEB_HOST)]
)
def test_the_three_ways_lead_from_theirs_to_ours(kind: ProcessKind, party: Party) -> None:
    ends = Endpoints(kind)
    link, stderr, stacks = ends.theirs
    for descriptor, word in ((link, b"link"), (stderr, b"stderr"), (stacks, b"stacks")):
        os.write(descriptor, word)
    assert ends.link.recv(10) == b"link"
    assert os.read(ends.stderr, 10) == b"stderr"
    assert os.read(ends.stacks, 10) == b"stacks"
    assert ends.session.party is party
    ends.close_ours()
    ends.close_theirs()
    for descriptor in (link, stderr, stacks, ends.stderr, ends.stacks):
        with pytest.raises(OSError, match="Bad file descriptor"):
            os.fstat(descriptor)
