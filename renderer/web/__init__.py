"""The web host: one process per profile, with a QtWebEngine view for every web tab of it."""
