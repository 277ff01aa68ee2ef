"""Settings for pages that may read or change them."""

from shared.channels.settings import SettingsGet, SettingsUpdate, SettingsValues
from shared.errors import ErrorCode, Full
from shared.ipc_channel import IPCChannel
from tests.main_process.handlers.dialogue import Dialogue


def test_the_values_asked_for_are_given() -> None:
    values: SettingsValues = Dialogue().ask(IPCChannel.SETTINGS_GET, SettingsGet(keys=("b", "a")))
    assert values.values == {"a": True, "b": True}


def test_a_change_is_answered_once_it_is_stored() -> None:
    dialogue = Dialogue()
    asked = dialogue.pair.peer.invoke(IPCChannel.SETTINGS_UPDATE, SettingsUpdate(key="a", value="b"))
    dialogue.pair.run()
    assert dialogue.calls == [("update", "a", "b")]
    assert not asked.done()
    dialogue.shell.settings.stored.set_result(SettingsValues(values={"a": "b"}, modified=("a",)))
    dialogue.pair.run()
    assert asked.result() == SettingsValues(values={"a": "b"}, modified=("a",))


def test_what_could_not_be_stored_is_told() -> None:
    dialogue = Dialogue()
    asked = dialogue.pair.peer.invoke(IPCChannel.SETTINGS_UPDATE, SettingsUpdate(key="a", value=None))
    dialogue.shell.settings.stored.set_exception(Full(ErrorCode.NOT_STORED, "the disk is full"))
    dialogue.pair.run()
    error = asked.exception()
    assert isinstance(error, Full)
    assert error.message == "the disk is full"
