"""One door to what is kept: SQLite on a thread of its own, acknowledged once it is durable."""
