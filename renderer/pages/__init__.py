"""The shell's own pages. They use nothing but PySide6 and `browser_os`, as any plugin does."""
