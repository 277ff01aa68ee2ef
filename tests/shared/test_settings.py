"""One declaration: whole in itself, and a value is either one it can hold or refused with what it can."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.channels.settings import SettingsValues, SettingValue
from shared.errors import BadCall, ErrorCode
from shared.settings import BY_KEY, MAX_ADDRESS, SETTINGS, Choice, Kind, Setting, expectation, find, validate
from shared.values import decode, decoder, encode

FLAG = Setting(key="x.flag", category="X", title="Flag", description="A flag.", kind=Kind.FLAG, default=False)

THEME = find("appearance.theme")
PATIENCE = find("processes.hang_seconds")
SEARCH = find("search.template")
START = find("startup.page")

anything = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.binary(), st.lists(st.integers())
)


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.key)
def test_every_declaration_is_whole(setting: Setting) -> None:
    assert validate(setting, setting.default) == setting.default
    assert setting.title
    assert setting.category
    assert setting.description.endswith(".")
    assert setting.keywords == tuple(word.lower() for word in setting.keywords)
    assert bool(setting.choices) == (setting.kind is Kind.CHOICE)
    assert (setting.minimum is not None and setting.maximum is not None) == (setting.kind is Kind.NUMBER)
    assert all(validate(setting, choice.value) == choice.value for choice in setting.choices)
    assert expectation(setting)


def test_keys_are_unique_and_those_that_have_an_effect() -> None:
    assert len(BY_KEY) == len(SETTINGS)
    assert set(BY_KEY) == {
        "appearance.theme",
        "startup.restore",
        "startup.page",
        "search.template",
        "processes.hang_seconds",
    }, "list it here once something reads it"


def test_all_values_fit_into_a_message() -> None:
    values = SettingsValues(values={setting.key: setting.default for setting in SETTINGS})
    assert decode(decoder(SettingsValues), encode(values)) == values


@pytest.mark.parametrize(
    ("key", "near"),
    [
        ("apearance.theme", "appearance.theme"),
        ("theme", "appearance.theme"),
        ("search.templat", "search.template"),
        ("startup.restored", "startup.restore"),
    ],
)
def test_an_unknown_key_names_the_nearest(key: str, near: str) -> None:
    with pytest.raises(BadCall) as caught:
        find(key)
    assert caught.value.code is ErrorCode.NOT_FOUND
    assert caught.value.message == f"there is no setting '{key}'; did you mean '{near}'?"
    assert caught.value.path == "$.key"


def test_a_key_like_none_names_them_all() -> None:
    with pytest.raises(BadCall, match=r"there are .*appearance\.theme, startup\.restore"):
        find("zzz")


@pytest.mark.parametrize(
    ("setting", "value", "message"),
    [
        (THEME, "Dark", "appearance.theme: expected one of 'system', 'light', 'dark', got 'Dark'"),
        (THEME, 1, "appearance.theme: expected one of 'system', 'light', 'dark', got 1"),
        (PATIENCE, 1, "processes.hang_seconds: expected a whole number from 2 to 120 s, got 1"),
        (PATIENCE, 121, "processes.hang_seconds: expected a whole number from 2 to 120 s, got 121"),
        (PATIENCE, True, "processes.hang_seconds: expected a whole number from 2 to 120 s, got True"),
        (PATIENCE, "5", "processes.hang_seconds: expected a whole number from 2 to 120 s, got '5'"),
        (START, "newtab", "startup.page: expected an http, https or os address, got 'newtab'"),
        (FLAG, 1, "x.flag: expected true or false, got 1"),
    ],
)
def test_an_impossible_value_says_what_was_expected_and_what_came(
    setting: Setting, value: object, message: str
) -> None:
    with pytest.raises(BadCall) as caught:
        validate(setting, value)
    assert caught.value.code is ErrorCode.INVALID_PAYLOAD
    assert caught.value.message == message
    assert caught.value.path == "$.value"


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        (FLAG, True),
        (THEME, "light"),
        (PATIENCE, 2),
        (PATIENCE, 120),
        (SEARCH, ""),
        (SEARCH, "https://example.com/search?q={query}&hl=en"),
        (SEARCH, "http://localhost:8080/{query}"),
        (START, "os://settings"),
        (START, "https://example.com/"),
    ],
)
def test_possible_values(setting: Setting, value: SettingValue) -> None:
    assert validate(setting, value) == value


@pytest.mark.parametrize(
    "value",
    [
        "https://example.com/",
        "https://{query}.example.com/{query}",
        "ftp://example.com/{query}",
        "javascript:{query}",
        "https:///{query}",
        "https://[/{query}",
        "https://example.com:port/{query}",
        "https://good.example\\@bad.example/{query}",
        "https://example.com/\t{query}",
        "ht\ntps://example.com/{query}",
        "https://example.com/ {query}",
        "https://example.com/{query}" + "x" * MAX_ADDRESS,
    ],
)
def test_what_cannot_be_searched_with(value: str) -> None:
    with pytest.raises(BadCall, match="expected nothing, or an http or https address"):
        validate(SEARCH, value)


@pytest.mark.parametrize("value", ["file:///etc/passwd", "about:blank", "", "https://", "os://", "/etc"])
def test_what_a_window_cannot_open_with(value: str) -> None:
    with pytest.raises(BadCall, match=r"startup\.page: expected"):
        validate(START, value)


@given(setting=st.sampled_from((*SETTINGS, FLAG)), value=anything)
def test_any_value_is_kept_as_it_is_or_refused(setting: Setting, value: object) -> None:
    try:
        kept = validate(setting, value)
    except BadCall as error:
        assert error.message.startswith(f"{setting.key}: expected {expectation(setting)}, got ")
        assert len(error.message) < 300
    else:
        assert kept is value


@given(st.text(max_size=40))
def test_any_key_is_found_or_refused(key: str) -> None:
    if key not in BY_KEY:
        with pytest.raises(BadCall):
            find(key)


def test_a_choice_has_words_for_people() -> None:
    assert Choice("dark", "Dark") in THEME.choices
    assert all(choice.label for setting in SETTINGS for choice in setting.choices)
