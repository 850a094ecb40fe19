"""Mail bytes to a `ParsedMessage`: pure, and never raising on any bytes."""
