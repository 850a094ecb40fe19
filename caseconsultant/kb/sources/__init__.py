"""One loader for each published file."""
