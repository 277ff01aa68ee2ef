"""How much a run takes on."""

from pathlib import Path

import msgspec


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """``quick`` is one short run of everything: to see that it works, not to quote. ``folder`` is the run's own."""

    quick: bool
    folder: Path

    def rounds(self, full: int, quick: int) -> int:
        """So many of the one or the other."""
        return quick if self.quick else full

    def profile(self, name: str) -> Path:
        """A profile nobody else uses."""
        return self.folder / name
