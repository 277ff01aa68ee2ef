from shared.channels.inspector import Verdict
from shared.contract import Direction
from tests.tools.inspector.records import record, refused, reply, request
from tools.inspector.flow import FlowState, Pairing


def test_a_reply_joins_its_request() -> None:
    pairing = Pairing()
    asked, answered = request(), reply()
    flow = pairing.add(asked)
    assert flow is not None
    assert (flow.state, flow.latency) == (FlowState.WAITING, None)
    assert pairing.add(answered) is flow
    assert (flow.state, flow.latency) == (FlowState.ANSWERED, 0.0123)
    assert flow.other(asked) is answered
    assert flow.other(answered) is asked


def test_a_failed_reply_and_a_refused_request_say_so() -> None:
    pairing = Pairing()
    failed = pairing.add(request("1"))
    pairing.add(reply("1", type="error", code="not-found"))
    denied = pairing.add(request("2", verdict=Verdict.REFUSED, code="permission-denied"))
    assert failed is not None
    assert denied is not None
    assert (failed.state, denied.state) == (FlowState.FAILED, FlowState.REFUSED)


def test_the_same_id_on_another_link_or_of_the_other_side_is_another_request() -> None:
    pairing = Pairing()
    mine = pairing.add(request())
    other_link = pairing.add(request(link=4))
    of_main = pairing.add(request(direction=Direction.FROM_MAIN))
    assert pairing.add(reply(direction=Direction.TO_MAIN)) is of_main
    assert pairing.add(reply(link=4)) is other_link
    assert pairing.add(reply()) is mine


def test_a_cancelled_request_says_so() -> None:
    pairing = Pairing()
    flow = pairing.add(request("5"))
    assert flow is not None
    assert pairing.add(record(channel="link:cancel", type="system", payload={"id": "5"})) is None
    assert flow.state is FlowState.CANCELLED


def test_events_and_unseen_requests_have_no_flow() -> None:
    pairing = Pairing()
    assert pairing.add(record()) is None
    assert pairing.add(refused()) is None
    assert pairing.add(reply("99")) is None


def test_requests_never_answered_are_forgotten_at_the_bound() -> None:
    pairing = Pairing(max_waiting=2)
    for id_ in ("1", "2", "3"):
        pairing.add(request(id_))
    assert pairing.add(reply("1")) is None
    assert pairing.add(reply("3")) is not None
