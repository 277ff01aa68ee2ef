"""Runs a plugin's code as a guest: what it gets wrong is said in its own terms and ends nothing else."""

import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType


class Guard:
    """Reports the exceptions of one plugin, cut to the frames of its own files.

    ``name`` is the plugin's id; ``folder`` holds its files.
    """

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self.folder = folder.resolve()

    def trimmed(self, exception: BaseException) -> str:
        """The traceback of ``exception`` with the plugin's frames alone; with all, if none is the plugin's."""
        summary = traceback.TracebackException.from_exception(exception, compact=True)
        self._trim(summary, set())
        return "".join(summary.format()).rstrip()

    def _trim(self, summary: traceback.TracebackException, seen: set[int]) -> None:
        if id(summary) in seen:
            return
        seen.add(id(summary))
        own = [frame for frame in summary.stack if self._is_own(frame.filename)]
        # A syntax error names its file beside the stack, which is the importer's.
        if own or self._is_own(getattr(summary, "filename", None) or ""):
            summary.stack = traceback.StackSummary.from_list(own)
        for other in (summary.__cause__, summary.__context__):
            if other is not None:
                self._trim(other, seen)

    def _is_own(self, filename: str) -> bool:
        return Path(filename).is_absolute() and Path(filename).is_relative_to(self.folder)

    def report(self, exception: BaseException, doing: str) -> None:
        """Write to standard error what failed while ``doing`` (``handling greet``)."""
        sys.stderr.write(f"[{self.name}] an error while {doing}\n{self.trimmed(exception)}\n")
        sys.stderr.flush()

    def install(self) -> None:
        """From now on report here what nothing caught: in Qt slots, in threads, in destructors."""
        sys.excepthook = self._on_uncaught
        threading.excepthook = self._on_thread_uncaught

    def _on_uncaught(
        self, kind: type[BaseException], exception: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, exception, trace)
            return
        self.report(exception, "running one of its functions")

    def _on_thread_uncaught(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None and arguments.exc_type is not SystemExit:
            self.report(arguments.exc_value, "running a thread")
