"""Reading a question: codes, quantities, context, what is asked."""
