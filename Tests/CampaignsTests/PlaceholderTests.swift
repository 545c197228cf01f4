// Replaced by the suites of Campaigns.
