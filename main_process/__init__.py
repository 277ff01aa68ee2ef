"""The one privileged process: windows, tabs, settings, gate, supervisor, storage."""
