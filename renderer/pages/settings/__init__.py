"""`os://settings`: every setting, generated from the one declaration."""
