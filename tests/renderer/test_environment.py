"""What a renderer sees of main's environment."""

import json

from renderer import environment


def test_only_what_is_allowed_is_left() -> None:
    left = environment.clean(
        {
            "PATH": "/bin",
            "LANG": "C.UTF-8",
            "LC_TIME": "de_DE",
            "https_proxy": "http://proxy",
            "DISPLAY": ":0",
            "WAYLAND_DISPLAY": "wayland-0",
            "XAUTHORITY": "/x",
            "DBUS_SESSION_BUS_ADDRESS": "unix:",
            "XDG_RUNTIME_DIR": "/run/user/0",
            "PYTHONPATH": "/evil",
            "LD_PRELOAD": "/evil.so",
            "QTWEBENGINE_DISABLE_SANDBOX": "1",
            "QT_PLUGIN_PATH": "/evil",
            "QT_QPA_PLATFORM": "xcb",
            "AWS_SECRET_ACCESS_KEY": "hush",
            "HOME": "/root",
        },
        home="/home/user",
    )
    qt = {name: left.pop(name) for name in list(left) if name.startswith("QT_")}
    assert left == {
        "PATH": "/bin",
        "LANG": "C.UTF-8",
        "LC_TIME": "de_DE",
        "https_proxy": "http://proxy",
        "HOME": "/home/user",
    }
    assert qt == {
        "QT_QPA_PLATFORM": f"offscreen:configfile={environment.SCREENS}",
        "QT_QPA_OFFSCREEN_NO_GLX": "1",
        "QT_NO_FAST_SCROLL": "1",
        "QT_NO_FAST_MOVE": "1",
        "QT_IM_MODULE": "none",
        "QT_QUICK_BACKEND": "software",
    }


def test_nobody_has_no_home() -> None:
    assert environment.clean({"HOME": "/root"}, home=None)["HOME"] == "/nonexistent"


def test_screens_come_by_rising_ratio_and_do_not_overlap() -> None:
    screens = json.loads(environment.SCREENS.read_text())["screens"]
    assert [screen["name"] for screen in screens] == sorted(screen["name"] for screen in screens)
    assert [screen["logicalDpi"] for screen in screens] == [96, 120, 144, 168, 192, 240, 288]
    ends = [screen["x"] + screen["width"] for screen in screens]
    assert all(end <= following["x"] for end, following in zip(ends[:-1], screens[1:], strict=True))
    # The same extent everywhere, in device-independent pixels.
    assert {screen["width"] * 96 // screen["logicalDpi"] for screen in screens} == {8192}
