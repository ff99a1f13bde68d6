// Orders…: a selected order is a copy.
#include <optional>

#include "../language/errors.h"
#include "calculation.h"
#include "property-getters.h"
#include "trade.h"
#include "wait.h"

using terminal::order_record;

namespace {

std::optional<order_record> &selected() {
  static auto &only = *new std::optional<order_record>;
  return only;
}

const order_record *selected_or_fail() {
  if (!selected()) mql_fail(ERR_TRADE_ORDER_NOT_FOUND);
  return selected() ? &*selected() : nullptr;
}

bool select(const order_record *order) {
  if (!order) return mql_fail(ERR_TRADE_ORDER_NOT_FOUND);
  selected() = terminal::valued(*order);
  return true;
}

terminal::ticket_table<order_record> &fresh_orders() {
  terminal::refresh();
  return terminal::state().trade.orders;
}

}  // namespace

int OrdersTotal() { return static_cast<int>(fresh_orders().size()); }

bool OrderSelect(ulong ticket) { return select(fresh_orders().find(ticket)); }

ulong OrderGetTicket(int index) { return select(fresh_orders().at(index)) ? selected()->ticket : 0; }

MQL_SELECTED_GETTER(OrderGetInteger, ENUM_ORDER_PROPERTY_INTEGER, long, selected_or_fail)
MQL_SELECTED_GETTER(OrderGetDouble, ENUM_ORDER_PROPERTY_DOUBLE, double, selected_or_fail)
MQL_SELECTED_GETTER(OrderGetString, ENUM_ORDER_PROPERTY_STRING, string, selected_or_fail)
