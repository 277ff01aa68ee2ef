"""`os://newtab`: search, and the installed pages."""
