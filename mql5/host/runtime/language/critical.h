// Critical errors: the program stops at once, as in the terminal.
#pragma once

// Prints "<what> in 'X.mq5' (line)" of the nearest statement of MQL5 on the stack, then ends with exit code 70.
[[noreturn]] void mql_critical(const char *what);
// A DLL function that this host does not have.
[[noreturn]] void mql_import_missing(const char *dll, const char *function);
