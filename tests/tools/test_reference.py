"""The reference is what the code says, and names everything."""

from shared import limits
from shared.channels import CONTRACTS
from shared.errors import ErrorCode
from tools.reference import TARGET, reference


def test_the_file_is_what_the_code_says() -> None:
    assert TARGET.read_text(encoding="utf-8") == reference(), "run: python -m tools.reference --write"


def test_it_names_every_channel_every_limit_and_every_error() -> None:
    text = reference()
    missing = [name for name in CONTRACTS if f"| `{name}` |" not in text]
    missing += [code for code in ErrorCode if f"| `{code}` |" not in text]
    missing += [name for name in vars(limits) if name.isupper() and f"| `{name}` |" not in text]
    assert missing == []


def test_it_names_every_field_of_a_payload() -> None:
    text = reference()
    section = text.partition("### SurfaceFrame")[2].partition("###")[0]
    assert [f"`{field}`" in section for field in ("geometry", "slot", "sequence", "damage")] == [True] * 4
    assert "at most 32" in section
