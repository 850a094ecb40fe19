"""Brings the publishers' current files: finds them on their pages, downloads them safely, hands them to the loaders."""
