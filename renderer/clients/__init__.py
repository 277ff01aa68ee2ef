"""Typed words for the shell's own channels, one file per file of ``shared/channels``."""
