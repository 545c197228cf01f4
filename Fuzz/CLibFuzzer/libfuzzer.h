// The one function of libFuzzer that starts it from a program with a main of its own
// (https://llvm.org/docs/LibFuzzer.html, "Using libFuzzer as a library"); no toolchain installs a
// header for it.
#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerRunDriver(
    int *argc, char ***argv, int (*test_one_input)(const uint8_t *octets, size_t count));
