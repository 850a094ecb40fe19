"""Coding questions by mail: read, answered from cited tables and rules, reviewed, sent once."""
