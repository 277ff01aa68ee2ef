"""Command line, inspector, plugin kit, bench and doctor: outside the shell, over its public doors."""
