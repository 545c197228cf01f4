// Replaced by the suites of CallSimulation.
