"""Paints one widget into main's memory and brings main's input to it."""
