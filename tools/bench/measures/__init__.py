"""One file a measurement; each gives its figures. ``tools.bench.command`` lists them."""
