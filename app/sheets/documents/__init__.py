"""What is printed of a meet, document by document (R48): pure functions from results to sheets."""
