"""Chromium's command line and environment."""

from renderer.web.chromium import FLAGS, prepare


def test_nothing_from_outside_steers_chromium() -> None:
    environment = {
        "QTWEBENGINE_DISABLE_SANDBOX": "1",
        "QTWEBENGINE_REMOTE_DEBUGGING": "0.0.0.0:9222",
        "QTWEBENGINE_CHROMIUM_FLAGS": "--no-sandbox",
        "QTWEBENGINEPROCESS_PATH": "/tmp/evil",
        "CHROME_DEVEL_SANDBOX": "/tmp/evil",
        "HOME": "/home/ada",
        "https_proxy": "http://proxy:3128",
    }
    prepare(environment)
    assert environment == {
        "HOME": "/home/ada",
        "https_proxy": "http://proxy:3128",
        "QTWEBENGINE_CHROMIUM_FLAGS": " ".join(FLAGS),
    }


def test_preparing_twice_changes_nothing() -> None:
    environment: dict[str, str] = {}
    prepare(environment)
    once = dict(environment)
    prepare(environment)
    assert environment == once


def test_the_sandbox_stays_on_and_nothing_listens() -> None:
    for flag in FLAGS:
        assert "sandbox" not in flag
        assert "remote-debugging" not in flag
        assert "disable-web-security" not in flag
