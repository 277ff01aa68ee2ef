"""The chrome: windows, tabs, address bar, crash and error pages. Drawn by main alone; shows no plugin code."""
