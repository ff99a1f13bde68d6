#include "state.h"

namespace terminal {

symbol &market_state::named(const std::string &name) {
  symbol *known = find(name);
  if (known) return *known;
  symbols_.push_back(std::make_unique<symbol>(name));
  by_name_[name] = symbols_.back().get();
  return *symbols_.back();
}

symbol *market_state::find(const std::string &name) {
  const auto found = by_name_.find(name);
  return found == by_name_.end() ? nullptr : found->second;
}

terminal_state &state() {
  // Never destroyed: destructors of an EA's global objects may still ask at the process's end.
  static terminal_state &only = *new terminal_state;
  return only;
}

}  // namespace terminal
