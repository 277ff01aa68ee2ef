"""The plugin kit: `browser-os plugin new`, `validate` and `schema`."""
