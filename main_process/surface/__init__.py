"""The pixels of a renderer in main's window, and the input that goes back."""
