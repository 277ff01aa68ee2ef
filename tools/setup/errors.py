"""What stops the set-up."""


class SetupError(Exception):
    """Something a person has to put right; the message says what, and how."""
