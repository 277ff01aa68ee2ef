"""``browser-os doctor``: what the shell needs of this machine, what is there, and how to mend what is not."""
