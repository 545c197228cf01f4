// Replaced by the suites of Configuration.
