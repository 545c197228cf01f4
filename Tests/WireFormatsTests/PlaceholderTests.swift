// Replaced by the suites of WireFormats.
