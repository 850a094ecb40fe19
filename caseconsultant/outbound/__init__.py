"""Handing mail to the relay."""
