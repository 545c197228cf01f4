// Filled by the first step.
