#include "lookup.h"

#include "../language/errors.h"
#include "options.h"
#include "wait.h"

namespace terminal {

symbol *chart_symbol() {
  refresh();
  return state().market.find(given_options().symbol);
}

symbol *symbol_of(const string &name) {
  refresh();
  symbol *found = name.length() == 0 ? state().market.find(given_options().symbol) : state().market.find(name.utf8());
  if (!found) mql_fail(ERR_MARKET_UNKNOWN_SYMBOL);
  return found;
}

int timeframe_of(ENUM_TIMEFRAMES timeframe) {
  return timeframe == PERIOD_CURRENT ? given_options().period : static_cast<int>(timeframe);
}

}  // namespace terminal
