"""The unprivileged processes: zygote, page renderers, web hosts."""
