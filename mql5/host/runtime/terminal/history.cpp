// History…: the program's own lists of finished orders and of deals, as they were when it selected them.
#include "../language/errors.h"
#include "property-getters.h"
#include "state.h"
#include "trade.h"
#include "wait.h"

using terminal::deal_record;
using terminal::order_record;
using terminal::ticket_table;

namespace {

struct history_lists {
  ticket_table<order_record> orders;
  ticket_table<deal_record> deals;
};

history_lists &lists() {
  static auto &only = *new history_lists;
  return only;
}

terminal::trade_state &fresh_trade() {
  terminal::refresh();
  return terminal::state().trade;
}

// Fills the lists with the orders and deals that the two tests accept.
template <class OrderTest, class DealTest>
void fill_lists(OrderTest order_wanted, DealTest deal_wanted) {
  const terminal::trade_state &trade = fresh_trade();
  lists() = history_lists();
  for (const order_record &order : trade.history_orders.all())
    if (order_wanted(order)) lists().orders.put(order);
  for (const deal_record &deal : trade.deals.all())
    if (deal_wanted(deal)) lists().deals.put(deal);
}

const order_record *order_or_fail(ulong ticket) {
  const order_record *order = lists().orders.find(ticket);
  if (!order) mql_fail(ERR_TRADE_ORDER_NOT_FOUND);
  return order;
}

const deal_record *deal_or_fail(ulong ticket) {
  const deal_record *deal = lists().deals.find(ticket);
  if (!deal) mql_fail(ERR_TRADE_DEAL_NOT_FOUND);
  return deal;
}

}  // namespace

bool HistorySelect(datetime from, datetime to) {
  const auto inside = [&](long time_msc) { return time_msc / 1000 >= from && time_msc / 1000 <= to; };
  fill_lists([&](const order_record &order) { return inside(order.time_done); },
             [&](const deal_record &deal) { return inside(deal.time); });
  return true;
}

bool HistorySelectByPosition(long position_id) {
  const ulong wanted = static_cast<ulong>(position_id);
  fill_lists([&](const order_record &order) { return order.position_id == wanted; },
             [&](const deal_record &deal) { return deal.position_id == wanted; });
  return lists().orders.size() > 0 || lists().deals.size() > 0 || mql_fail(ERR_TRADE_POSITION_NOT_FOUND);
}

bool HistoryOrderSelect(ulong ticket) {
  const order_record *order = fresh_trade().history_orders.find(ticket);
  if (!order) return mql_fail(ERR_TRADE_ORDER_NOT_FOUND);
  lists().orders.clear();
  lists().orders.put(*order);
  return true;
}

bool HistoryDealSelect(ulong ticket) {
  const deal_record *deal = fresh_trade().deals.find(ticket);
  if (!deal) return mql_fail(ERR_TRADE_DEAL_NOT_FOUND);
  lists().deals.clear();
  lists().deals.put(*deal);
  return true;
}

int HistoryOrdersTotal() { return static_cast<int>(lists().orders.size()); }

int HistoryDealsTotal() { return static_cast<int>(lists().deals.size()); }

ulong HistoryOrderGetTicket(int index) {
  const order_record *order = lists().orders.at(index);
  if (!order) mql_fail(ERR_TRADE_ORDER_NOT_FOUND);
  return order ? order->ticket : 0;
}

ulong HistoryDealGetTicket(int index) {
  const deal_record *deal = lists().deals.at(index);
  if (!deal) mql_fail(ERR_TRADE_DEAL_NOT_FOUND);
  return deal ? deal->ticket : 0;
}

MQL_HISTORY_GETTER(HistoryOrderGetInteger, ENUM_ORDER_PROPERTY_INTEGER, long, order_or_fail)
MQL_HISTORY_GETTER(HistoryOrderGetDouble, ENUM_ORDER_PROPERTY_DOUBLE, double, order_or_fail)
MQL_HISTORY_GETTER(HistoryOrderGetString, ENUM_ORDER_PROPERTY_STRING, string, order_or_fail)
MQL_HISTORY_GETTER(HistoryDealGetInteger, ENUM_DEAL_PROPERTY_INTEGER, long, deal_or_fail)
MQL_HISTORY_GETTER(HistoryDealGetDouble, ENUM_DEAL_PROPERTY_DOUBLE, double, deal_or_fail)
MQL_HISTORY_GETTER(HistoryDealGetString, ENUM_DEAL_PROPERTY_STRING, string, deal_or_fail)
