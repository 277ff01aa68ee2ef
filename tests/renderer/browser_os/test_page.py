"""The verbs, as a page of a plugin uses them, over real sessions."""

import threading
from pathlib import Path
from typing import Any

import pytest

import browser_os
from browser_os.testing import OpenPage, open_page
from shared.channels.navigate import Navigate
from shared.channels.system import PowerSource
from shared.channels.tab import TabCreate, TabUpdate
from tests.renderer.browser_os.guest import write

HANDLER = """
def setup(context, label):
    context.handle("greet", greet)

async def greet(request: Greet) -> Greeting:
    await browser_os.sleep(0.005)
    if request.name == "bug":
        return 1 / 0
    if request.name == "wrong":
        return {"text": 5}
    if request.name == "refused":
        raise browser_os.Refused(browser_os.ErrorCode.PERMISSION_DENIED, "not you")
    return Greeting(text=f"Hello, {request.name}!")
"""


class Greet(browser_os.Struct):
    name: str


class Greeting(browser_os.Struct):
    text: str


def failure(page: OpenPage, awaitable: Any) -> browser_os.IPCError:
    with pytest.raises(browser_os.IPCError) as caught:
        page.run(awaitable)
    return caught.value


def test_a_request_comes_back_as_the_class_asked_for(qapp: object, tmp_path: Path) -> None:
    with open_page(write(tmp_path, HANDLER)) as page:
        ask = page.context.invoke
        assert page.run(ask("greet", Greet(name="Ada"), Greeting)) == Greeting(text="Hello, Ada!")
        assert page.run(ask("guest:greet", {"name": "Ada"})).text == "Hello, Ada!"
        assert [sent.channel for sent in page.main.sent] == ["guest:greet"] * 2


def test_an_error_says_on_which_channel_it_was_asked(qapp: object, tmp_path: Path) -> None:
    with open_page(write(tmp_path, HANDLER)) as page:
        error = failure(page, page.context.invoke("greet", {"name": "x" * 21}))
        assert error.__notes__ == ["asked on guest:greet"]


def test_a_page_speaks_on_its_gui_thread_only(qapp: object, tmp_path: Path) -> None:
    raised: list[BaseException] = []

    def use(page: OpenPage) -> None:
        try:
            page.context.invoke("greet", Greet(name="Ada"))
        except RuntimeError as error:
            raised.append(error)

    with open_page(write(tmp_path, HANDLER)) as page:
        thread = threading.Thread(target=use, args=(page,), name="worker")
        thread.start()
        thread.join()
        assert "'greet' was used in worker" in str(raised[0])
        assert page.main.sent == []


def test_a_wrong_payload_is_refused_by_main_with_its_path(qapp: object, tmp_path: Path) -> None:
    with open_page(write(tmp_path, HANDLER)) as page:
        error = failure(page, page.context.invoke("greet", {"name": "x" * 21}))
        assert isinstance(error, browser_os.BadCall)
        assert (error.code, error.path) == (browser_os.ErrorCode.INVALID_PAYLOAD, "$.name")
        assert page.main.refused[0][0] == "guest:greet"
        assert page.main.sent == []


def test_a_failing_handler_is_told_to_the_caller_and_on_standard_error(
    qapp: object, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_page(write(tmp_path, HANDLER)) as page:
        error = failure(page, page.context.invoke("greet", {"name": "bug"}))
        assert error.code is browser_os.ErrorCode.HANDLER_FAILED
        assert error.message == "ZeroDivisionError: division by zero"
        told = capsys.readouterr().err
        assert told.startswith("[guest] an error while handling guest:greet")
        assert "in greet" in told
        assert "_page.py" not in told.replace("guest_page.py", "")


def test_a_wrong_result_is_the_handlers_fault(qapp: object, tmp_path: Path) -> None:
    with open_page(write(tmp_path, HANDLER)) as page:
        error = failure(page, page.context.invoke("greet", {"name": "wrong"}))
        assert error.code is browser_os.ErrorCode.HANDLER_FAILED
        assert "greet returned a dict that is not what plugin.toml declares" in error.message
        assert error.path == "$.text"


def test_errors_of_the_api_cross_as_themselves(qapp: object, tmp_path: Path) -> None:
    with open_page(write(tmp_path, HANDLER)) as page:
        error = failure(page, page.context.invoke("greet", {"name": "refused"}))
        assert isinstance(error, browser_os.Refused)
        assert error.message == "not you"


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (
            "context.handle('gret', lambda: None)",
            r"no channel 'guest:gret' of this plugin; plugin.toml declares",
        ),
        (
            "context.handle('greet', lambda: {'text': 'a'}); context.handle('greet', lambda: None)",
            "a handler already",
        ),
        ("context.handle('greet', wrong)", "Waved, which wrong takes, is not what plugin.toml declares"),
        ("context.handle('waved', lambda: None)", "no request"),
        ("context.on('greet', lambda: None)", "no event or state"),
        (
            "context.on('waved', hear_wrong)",
            "Greet, which hear_wrong takes, is not what plugin.toml declares",
        ),
        ("context.send('greet', {})", "use invoke"),
        ("context.send(browser_os.IPCChannel.WINDOW_CREATE)", "use invoke"),
        ("context.on('wavde', lambda: None)", "did you mean 'guest:waved'"),
    ],
)
def test_calls_that_cannot_be_right_say_why_at_once(
    qapp: object, tmp_path: Path, code: str, words: str
) -> None:
    setup = f"""
    def wrong(request: Waved): pass
    def hear_wrong(event: Greet): pass
    def setup(context, label):
        {code}
    """
    with pytest.raises(browser_os.BadCall, match=words), open_page(write(tmp_path, setup)):
        pass


def test_plain_functions_and_functions_without_argument_serve_too(qapp: object, tmp_path: Path) -> None:
    with open_page(write(tmp_path, "def setup(c, l): c.handle('greet', lambda: {'text': 'x'})")) as page:
        assert page.run(page.context.invoke("greet", {"name": "Ada"})).text == "x"


def test_events_of_the_plugin_reach_its_listeners_until_disposed(qapp: object, tmp_path: Path) -> None:
    code = """
    def setup(context, label):
        async def later(event: Waved):
            await browser_os.sleep(0)
            label.heard.append(("async", event.times))
        def fails(event):
            raise KeyError("mine")
        label.end = context.on("waved", lambda event: label.heard.append(("plain", event.times)))
        context.on("waved", fails)
        context.on("waved", later)
    """
    with open_page(write(tmp_path, code)) as page:
        heard = page.widget.heard  # type: ignore[attr-defined]
        page.context.send("waved", {"times": 2})
        page.wait_until(lambda: len(heard) == 2)
        assert heard == [("plain", 2), ("async", 2)]
        page.widget.end()  # type: ignore[attr-defined]
        page.context.send("waved", {"times": 3})
        page.wait_until(lambda: len(heard) == 3)
        assert heard[2] == ("async", 3)


def test_states_of_the_shell_are_heard(qapp: object, tmp_path: Path) -> None:
    code = """
    def setup(context, label):
        context.on(browser_os.IPCChannel.POWER_STATE, label.heard.append)
    """
    with open_page(write(tmp_path, code)) as page:
        page.main.tell(
            browser_os.IPCChannel.POWER_STATE, browser_os.PowerState(source=PowerSource.BATTERY, charge=0.5)
        )
        page.wait_until(lambda: len(page.widget.heard) == 1)  # type: ignore[attr-defined]
        assert page.widget.heard[0].charge == 0.5  # type: ignore[attr-defined]


def test_a_deadline_and_a_cancellation_end_a_call(qapp: object, tmp_path: Path) -> None:
    code = """
    def setup(context, label):
        async def slow():
            try:
                await browser_os.sleep(3600)
            except browser_os.Late as late:
                label.heard.append(late.code)
                raise
        context.handle("greet", slow)
    """
    with open_page(write(tmp_path, code)) as page:
        late = failure(page, page.context.invoke("greet", {"name": "a"}, deadline=0.05))
        assert (type(late), late.code) == (browser_os.Late, browser_os.ErrorCode.DEADLINE)
        call = page.context.invoke("greet", {"name": "a"})
        page.run(browser_os.sleep(0.02))
        call.cancel()
        assert failure(page, call).code is browser_os.ErrorCode.CANCELLED
        page.wait_until(lambda: len(page.widget.heard) == 2)  # type: ignore[attr-defined]


def test_a_modal_dialog_in_a_handler_does_not_stop_the_link(qapp: object, tmp_path: Path) -> None:
    code = """
    from PySide6.QtCore import QEventLoop, QTimer
    def setup(context, label):
        dialog = QEventLoop()
        async def meanwhile():
            reply = await context.invoke("greet", Greet(name="meanwhile"))
            label.heard.append(reply.text)
            dialog.quit()
        def ask(request: Greet):
            if request.name == "dialog":
                browser_os.start(meanwhile())
                QTimer.singleShot(3000, dialog.quit)
                dialog.exec()
                label.heard.append("dialog closed")
            return Greeting(text=request.name)
        context.handle("greet", ask)
    """
    with open_page(write(tmp_path, code)) as page:
        assert page.run(page.context.invoke("greet", {"name": "dialog"})).text == "dialog"
        assert page.widget.heard == ["meanwhile", "dialog closed"]  # type: ignore[attr-defined]


def test_the_words_for_the_shell(qapp: object, tmp_path: Path) -> None:
    with open_page(write(tmp_path), granted=["tabs"]) as page:
        context = page.context
        context.set_title("New title")
        page.run(context.navigate("two words"))
        page.run(context.open_tab("os://guest", background=True))
        page.run(context.tab.close())
        payloads = [sent.payload for sent in page.main.sent]
        assert TabUpdate(title="New title") in payloads
        assert Navigate(url="two words") in payloads
        assert TabCreate(url="os://guest", background=True) in payloads


def test_what_is_not_granted_is_refused_with_the_permissions_name(qapp: object, tmp_path: Path) -> None:
    with open_page(write(tmp_path)) as page:
        error = failure(page, page.context.open_tab("os://guest"))
        assert isinstance(error, browser_os.Refused)
        assert "'tabs'" in error.message


def test_a_page_knows_itself(qapp: object, tmp_path: Path) -> None:
    with open_page(write(tmp_path), "other") as page:
        context = page.context
        assert (context.url, context.path, context.folder) == ("os://guest/other", "other", tmp_path)
        assert context.manifest.name == "Guest"
        assert page.widget.text() == "other other"  # type: ignore[attr-defined]
