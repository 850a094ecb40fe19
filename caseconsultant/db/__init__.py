"""SQLAlchemy models and sessions; the source of truth."""
