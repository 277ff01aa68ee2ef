"""What the linker misses, and the package that has it."""

import sys
from pathlib import Path

import PySide6
import pytest

from tools.doctor.libraries import missing_in, missing_libraries, row, rows
from tools.doctor.row import Level
from tools.setup.system_packages import LIBRARIES, QT_FILES

LISTING = """
/x/libqxcb.so:
\tlinux-vdso.so.1 (0x00007ffd)
\tlibxcb-icccm.so.4 => not found
\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f)
/x/libQt6WebEngineCore.so.6:
\tlibnss3.so => not found
\tlibxcb-icccm.so.4 => not found
"""


def test_what_is_not_found_is_read_from_the_listing() -> None:
    assert missing_in(LISTING) == {"libxcb-icccm.so.4", "libnss3.so"}
    assert missing_in("\tstatically linked\n") == set()


def test_the_fix_is_one_command() -> None:
    found = row(missing_in(LISTING))
    assert found.level is Level.FAIL
    assert found.fix.endswith("install -y --no-install-recommends libnss3 libxcb-icccm4")


def test_a_library_of_no_known_package_is_named() -> None:
    assert row({"libnew.so.1"}).fix == "install the package that has libnew.so.1"


def test_a_file_that_is_not_there_is_passed_over(tmp_path: Path) -> None:
    assert missing_libraries([Path(sys.executable), tmp_path / "absent"]) == set()


def test_the_files_that_are_looked_at_are_pysides_own() -> None:
    folder = Path(PySide6.__file__).parent
    assert [name for name in QT_FILES if not (folder / name).exists()] == []


def test_every_package_is_named_as_debian_names_packages() -> None:
    assert all(package == package.lower() and " " not in package for package in LIBRARIES.values())


def test_without_ldd_it_says_that_it_did_not_look(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tools.doctor.libraries.shutil.which", lambda name: None)
    assert [found.level for found in rows()] == [Level.WARN]
