// Replaced by the suites of NetworkModels.
