"""Alembic's entry: runs on the connection it is handed."""

from alembic import context

from caseconsultant.db.models import Base

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
context.run_migrations()
