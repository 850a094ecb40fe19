"""One subject each: a Question and the knowledge base give Findings."""
