"""What a meet consists of, and the facts that are recorded about it. Pure values; imports nothing of the product."""
