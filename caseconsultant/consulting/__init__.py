"""The expert: text to Question to Findings to Answer. Pure; meets the knowledge base through a Protocol."""
