"""The knowledge base: authored files compiled to one read-only, dated file."""
