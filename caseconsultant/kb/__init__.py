"""The knowledge base: `build` compiles what is written under `knowledge/`, `store` answers from the compiled file."""
