"""What `make` needs besides the product: checks of files that no linter reads, and the page of proofs."""
