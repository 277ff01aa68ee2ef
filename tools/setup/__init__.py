"""Makes a fresh clone runnable. Standard library only: nothing else is installed yet when it runs."""
