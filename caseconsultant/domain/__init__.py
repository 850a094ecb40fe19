"""The records every floor shares: small, frozen, without behaviour that needs the outside."""
