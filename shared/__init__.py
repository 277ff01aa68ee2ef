"""Contracts, protocol core, errors and permission decisions: no I/O, no Qt, no clock of its own."""
