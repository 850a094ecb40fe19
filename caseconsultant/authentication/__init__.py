"""Whether a mail comes from whom it says: SPF, DKIM and ARC by the DNS, or a trusted server's own results."""
