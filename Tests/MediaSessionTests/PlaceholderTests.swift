// Replaced by the suites of MediaSession.
