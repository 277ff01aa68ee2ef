"""See every message of a running shell: one core (client, flows, filter, format) and its faces."""
