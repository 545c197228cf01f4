// Replaced by the suites of Results.
