"""Every SMTP and LMTP reply of ours, with its enhanced code (RFC 3463)."""

from __future__ import annotations

ACCEPTED = "250 2.0.0 Stored as {inbound_id}"
STORED_BEFORE = "250 2.0.0 Stored before as {inbound_id}"
TRY_LATER = "451 4.3.0 Could not be stored just now; try again later"
NO_SUCH_MAILBOX = "550 5.1.1 No such mailbox here"
TOO_MANY_RECIPIENTS = "452 4.5.3 Too many recipients"
SENDER_OK = "250 2.1.0 Sender ok"
RECIPIENT_OK = "250 2.1.5 Recipient ok"
TOO_MANY_CONNECTIONS = "421 4.7.0 Too many connections from your address; try again later"
TOO_MANY_ERRORS = "421 4.7.0 Too many errors; goodbye"
TOO_LONG_A_SESSION = "421 4.4.2 This session took too long; goodbye"
SHUTTING_DOWN = "421 4.3.2 Shutting down; try again in a minute"
