"""Arithmetic over the parameters of `knowledge/rules/`."""
