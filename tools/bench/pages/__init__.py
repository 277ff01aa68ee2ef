"""A plugin whose pages measure, or give something to measure. ``tools.bench`` opens it."""
