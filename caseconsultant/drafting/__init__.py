"""Answer to Reply: composed and rendered, pure."""
