"""Celery tasks, one line each, and the schedule."""
