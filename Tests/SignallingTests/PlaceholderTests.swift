// Replaced by the suites of Signalling.
