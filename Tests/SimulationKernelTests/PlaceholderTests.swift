// Replaced by the suites of SimulationKernel.
