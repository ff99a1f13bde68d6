#include "market.h"

#include "../language/errors.h"
#include "lookup.h"
#include "options.h"
#include "wait.h"

using terminal::symbol;
using terminal::symbol_of;

int SymbolsTotal(bool selected) {
  terminal::refresh();
  int total = 0;
  for (const auto &one : terminal::state().market.all())
    if (one->selected || !selected) total++;
  return total;
}

string SymbolName(int index, bool selected) {
  terminal::refresh();
  for (const auto &one : terminal::state().market.all())
    if ((one->selected || !selected) && index-- == 0) return string(one->name);
  return string("");
}

bool SymbolSelect(const string &name, bool select) {
  symbol *found = symbol_of(name);
  if (!found) return false;
  if (!select) {
    // A symbol with a chart or an open position stays in the Market Watch.
    if (found->name == terminal::given_options().symbol) return mql_fail(ERR_MARKET_SELECT_ERROR);
    for (const terminal::position_record &position : terminal::state().trade.positions.all())
      if (position.symbol == found->name) return mql_fail(ERR_MARKET_SELECT_ERROR);
  }
  found->selected = select;
  return true;
}

bool SymbolExist(const string &name, bool &is_custom) {
  terminal::refresh();
  is_custom = false;
  return terminal::state().market.find(name.utf8()) != nullptr;
}

bool SymbolIsSynchronized(const string &name) { return symbol_of(name) != nullptr; }

bool SymbolInfoTick(const string &name, MqlTick &tick) {
  const symbol *found = symbol_of(name);
  if (!found) return false;
  if (!found->quoted()) return mql_fail(ERR_MARKET_LASTTIME_UNKNOWN);
  tick = found->tick;
  return true;
}

bool SymbolInfoMarginRate(const string &name, ENUM_ORDER_TYPE, double &initial, double &maintenance) {
  initial = maintenance = 1;
  return symbol_of(name) != nullptr;
}

bool SymbolInfoSessionQuote(const string &name, ENUM_DAY_OF_WEEK day, uint session, datetime &from, datetime &to) {
  const symbol *found = symbol_of(name);
  if (!found) return false;
  const bool open = day >= 0 && day <= 6 && ((found->spec.session_days >> day) & 1) != 0;
  if (!open || session != 0) return mql_fail(ERR_MARKET_SESSION_INDEX);
  from = datetime(found->spec.session_from);
  to = datetime(found->spec.session_to);
  return true;
}

bool SymbolInfoSessionTrade(const string &name, ENUM_DAY_OF_WEEK day, uint session, datetime &from, datetime &to) {
  return SymbolInfoSessionQuote(name, day, session, from, to);
}

bool MarketBookAdd(const string &) { return mql_fail(ERR_BOOKS_CANNOT_ADD); }

bool MarketBookRelease(const string &) { return mql_fail(ERR_BOOKS_CANNOT_DELETE); }

bool MarketBookGet(const string &, mql_array<MqlBookInfo> &) { return mql_fail(ERR_BOOKS_CANNOT_GET); }
