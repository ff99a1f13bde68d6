// Lines of the terminal link that carry `key=value` fields: the account and the symbols.
#pragma once
#include "link-fields.h"
#include "state.h"

namespace terminal {

// From the field at index `first` on; only the keys that are there are changed, unknown ones are ignored.
void read_account(const link_fields &line, size_t first, account_state &account);
void read_specification(const link_fields &line, size_t first, symbol_specification &spec);

}  // namespace terminal
