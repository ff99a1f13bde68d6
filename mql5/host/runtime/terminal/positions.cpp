// Positions…: a selected position is a copy.
#include <optional>

#include "../language/errors.h"
#include "calculation.h"
#include "property-getters.h"
#include "trade.h"
#include "wait.h"

using terminal::position_record;

namespace {

std::optional<position_record> &selected() {
  static auto &only = *new std::optional<position_record>;
  return only;
}

const position_record *selected_or_fail() {
  if (!selected()) mql_fail(ERR_TRADE_POSITION_NOT_FOUND);
  return selected() ? &*selected() : nullptr;
}

bool select(const position_record *position) {
  if (!position) return mql_fail(ERR_TRADE_POSITION_NOT_FOUND);
  selected() = terminal::valued(*position);
  return true;
}

terminal::ticket_table<position_record> &fresh_positions() {
  terminal::refresh();
  return terminal::state().trade.positions;
}

}  // namespace

int PositionsTotal() { return static_cast<int>(fresh_positions().size()); }

string PositionGetSymbol(int index) {
  return select(fresh_positions().at(index)) ? string(selected()->symbol) : string("");
}

bool PositionSelect(const string &symbol) {
  // Of several positions of a hedging account the one with the lowest ticket is taken.
  const std::string wanted = symbol.utf8();
  for (const position_record &position : fresh_positions().all())
    if (position.symbol == wanted) return select(&position);
  return mql_fail(ERR_TRADE_POSITION_NOT_FOUND);
}

bool PositionSelectByTicket(ulong ticket) { return select(fresh_positions().find(ticket)); }

ulong PositionGetTicket(int index) { return select(fresh_positions().at(index)) ? selected()->ticket : 0; }

MQL_SELECTED_GETTER(PositionGetInteger, ENUM_POSITION_PROPERTY_INTEGER, long, selected_or_fail)
MQL_SELECTED_GETTER(PositionGetDouble, ENUM_POSITION_PROPERTY_DOUBLE, double, selected_or_fail)
MQL_SELECTED_GETTER(PositionGetString, ENUM_POSITION_PROPERTY_STRING, string, selected_or_fail)
