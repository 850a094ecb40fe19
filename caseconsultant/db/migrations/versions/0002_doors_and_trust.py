"""Mailboxes read by IMAP, leases, bounces, and mail kept for a set time only."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from caseconsultant.db.types import Clipped, UtcDateTime

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('mailbox_position',
    sa.Column('mailbox', sa.String(length=320), nullable=False),
    sa.Column('folder', sa.String(length=255), nullable=False),
    sa.Column('uidvalidity', sa.BigInteger(), nullable=False),
    sa.Column('uid', sa.BigInteger(), nullable=False),
    sa.Column('begun_at', UtcDateTime(), nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.PrimaryKeyConstraint('mailbox', 'folder', name=op.f('pk_mailbox_position'))
    )
    op.create_table('lease',
    sa.Column('name', sa.String(length=400), nullable=False),
    sa.Column('holder', sa.String(length=100), nullable=False),
    sa.Column('until', UtcDateTime(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_lease'))
    )
    op.create_table('correspondence',
    sa.Column('address', sa.String(length=320), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('automatic', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('address', 'day', name=op.f('pk_correspondence'))
    )
    # Added, never rebuilt: a batch that copies a table drops it, and other tables' rows point at it.
    op.add_column('inbound_message', sa.Column('authentication_attempts', sa.Integer(), nullable=False, server_default='0'))
    op.add_column('inbound_message', sa.Column('attachments', sa.JSON(), nullable=True))
    op.add_column('sender', sa.Column('stopped_at', UtcDateTime(), nullable=True))
    op.add_column('sender', sa.Column('undeliverable_at', UtcDateTime(), nullable=True))
    op.add_column('outbox_message', sa.Column('bounced_at', UtcDateTime(), nullable=True))
    op.add_column('outbox_message', sa.Column('bounce', Clipped(length=255), nullable=True))


def downgrade() -> None:
    for table, column in (
        ('outbox_message', 'bounce'), ('outbox_message', 'bounced_at'), ('sender', 'undeliverable_at'),
        ('sender', 'stopped_at'), ('inbound_message', 'attachments'), ('inbound_message', 'authentication_attempts'),
    ):
        op.drop_column(table, column)
    for table in ('correspondence', 'lease', 'mailbox_position'):
        op.drop_table(table)
