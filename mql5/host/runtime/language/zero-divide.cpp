// Divisions of integers by zero. A processor's signal is not enough: for C++ such a division never happens, so the
// compiler may leave it out. Programs are therefore compiled with a check before each division, which calls this.
#include "critical.h"

// The sanitizers bring a function of this name themselves.
#ifndef __SANITIZE_ADDRESS__
extern "C" [[noreturn]] void __ubsan_handle_divrem_overflow_abort(void *, unsigned long, unsigned long) {
  mql_critical("zero divide");
}
#endif
