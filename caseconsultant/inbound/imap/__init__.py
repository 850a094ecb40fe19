"""The IMAP door: each mailbox is read by one poller at a time; a mail is marked only after its row is committed."""
