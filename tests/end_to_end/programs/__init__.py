"""What the end-to-end tests start as processes of their own."""
