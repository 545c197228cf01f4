// Replaced by the suites of VP8Codec.
