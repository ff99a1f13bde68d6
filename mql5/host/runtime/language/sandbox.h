// The folders that a program may touch.
#pragma once
#include "string.h"

// The path on this system of a name in the sandbox; false with ERR_WRONG_FILENAME for a name that leaves it (`..`, a
// drive) or that Windows would not take. Names ignore case, as they do in the terminal.
bool mql_sandbox_path(const string &name, bool common, std::string &path);
std::string mql_sandbox_folder(bool common);
// Makes the folders above the path.
bool mql_make_parents(const std::string &path);
