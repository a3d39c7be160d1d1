// The program: streams and arguments in, exit code out.
// SPDX-License-Identifier: Apache-2.0
#include "cli/main.h"

int main(int argc, char** argv) {
  return halint::run(argc, argv);
}
