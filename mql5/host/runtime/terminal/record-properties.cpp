#include "record-properties.h"

#include "../language/errors.h"

namespace terminal {
namespace {

bool give(long &value, long found) {
  value = found;
  return true;
}
bool give(long &value, ulong found) { return give(value, static_cast<long>(found)); }
bool give(double &value, double found) {
  value = found;
  return true;
}
bool give(string &value, const std::string &found) {
  value = string(found);
  return true;
}

}  // namespace

bool property_of(const order_record &order, ENUM_ORDER_PROPERTY_INTEGER property, long &value) {
  switch (property) {
    case ORDER_TICKET: return give(value, order.ticket);
    case ORDER_TIME_SETUP: return give(value, order.time_setup / 1000);
    case ORDER_TIME_SETUP_MSC: return give(value, order.time_setup);
    case ORDER_TIME_DONE: return give(value, order.time_done / 1000);
    case ORDER_TIME_DONE_MSC: return give(value, order.time_done);
    case ORDER_TIME_EXPIRATION: return give(value, order.expiration / 1000);
    case ORDER_TYPE: return give(value, order.type);
    case ORDER_STATE: return give(value, order.state);
    case ORDER_TYPE_FILLING: return give(value, order.type_filling);
    case ORDER_TYPE_TIME: return give(value, order.type_time);
    case ORDER_MAGIC: return give(value, order.magic);
    case ORDER_REASON: return give(value, order.reason);
    case ORDER_POSITION_ID: return give(value, order.position_id);
    case ORDER_POSITION_BY_ID: return give(value, order.position_by_id);
  }
  return mql_fail(ERR_TRADE_WRONG_PROPERTY);
}

bool property_of(const order_record &order, ENUM_ORDER_PROPERTY_DOUBLE property, double &value) {
  switch (property) {
    case ORDER_VOLUME_INITIAL: return give(value, order.volume_initial);
    case ORDER_VOLUME_CURRENT: return give(value, order.volume_current);
    case ORDER_PRICE_OPEN: return give(value, order.price_open);
    case ORDER_PRICE_CURRENT: return give(value, order.price_current);
    case ORDER_PRICE_STOPLIMIT: return give(value, order.price_stoplimit);
    case ORDER_SL: return give(value, order.sl);
    case ORDER_TP: return give(value, order.tp);
  }
  return mql_fail(ERR_TRADE_WRONG_PROPERTY);
}

bool property_of(const order_record &order, ENUM_ORDER_PROPERTY_STRING property, string &value) {
  switch (property) {
    case ORDER_SYMBOL: return give(value, order.symbol);
    case ORDER_COMMENT: return give(value, order.comment);
    case ORDER_EXTERNAL_ID: return give(value, std::string());
  }
  return mql_fail(ERR_TRADE_WRONG_PROPERTY);
}

bool property_of(const position_record &position, ENUM_POSITION_PROPERTY_INTEGER property, long &value) {
  switch (property) {
    case POSITION_TICKET: return give(value, position.ticket);
    case POSITION_TIME: return give(value, position.time / 1000);
    case POSITION_TIME_MSC: return give(value, position.time);
    case POSITION_TIME_UPDATE: return give(value, position.time_update / 1000);
    case POSITION_TIME_UPDATE_MSC: return give(value, position.time_update);
    case POSITION_TYPE: return give(value, position.type);
    case POSITION_MAGIC: return give(value, position.magic);
    case POSITION_IDENTIFIER: return give(value, position.identifier);
    case POSITION_REASON: return give(value, position.reason);
  }
  return mql_fail(ERR_TRADE_WRONG_PROPERTY);
}

bool property_of(const position_record &position, ENUM_POSITION_PROPERTY_DOUBLE property, double &value) {
  switch (property) {
    case POSITION_VOLUME: return give(value, position.volume);
    case POSITION_PRICE_OPEN: return give(value, position.price_open);
    case POSITION_PRICE_CURRENT: return give(value, position.price_current);
    case POSITION_SL: return give(value, position.sl);
    case POSITION_TP: return give(value, position.tp);
    // Commissions are the deals' since positions can be hedged.
    case POSITION_COMMISSION: return give(value, 0.0);
    case POSITION_SWAP: return give(value, position.swap);
    case POSITION_PROFIT: return give(value, position.profit);
  }
  return mql_fail(ERR_TRADE_WRONG_PROPERTY);
}

bool property_of(const position_record &position, ENUM_POSITION_PROPERTY_STRING property, string &value) {
  switch (property) {
    case POSITION_SYMBOL: return give(value, position.symbol);
    case POSITION_COMMENT: return give(value, position.comment);
    case POSITION_EXTERNAL_ID: return give(value, std::string());
  }
  return mql_fail(ERR_TRADE_WRONG_PROPERTY);
}

bool property_of(const deal_record &deal, ENUM_DEAL_PROPERTY_INTEGER property, long &value) {
  switch (property) {
    case DEAL_TICKET: return give(value, deal.ticket);
    case DEAL_ORDER: return give(value, deal.order);
    case DEAL_TIME: return give(value, deal.time / 1000);
    case DEAL_TIME_MSC: return give(value, deal.time);
    case DEAL_TYPE: return give(value, deal.type);
    case DEAL_ENTRY: return give(value, deal.entry);
    case DEAL_MAGIC: return give(value, deal.magic);
    case DEAL_REASON: return give(value, deal.reason);
    case DEAL_POSITION_ID: return give(value, deal.position_id);
  }
  return mql_fail(ERR_TRADE_WRONG_PROPERTY);
}

bool property_of(const deal_record &deal, ENUM_DEAL_PROPERTY_DOUBLE property, double &value) {
  switch (property) {
    case DEAL_VOLUME: return give(value, deal.volume);
    case DEAL_PRICE: return give(value, deal.price);
    case DEAL_COMMISSION: return give(value, deal.commission);
    case DEAL_FEE: return give(value, deal.fee);
    case DEAL_SWAP: return give(value, deal.swap);
    case DEAL_PROFIT: return give(value, deal.profit);
    case DEAL_SL: return give(value, deal.sl);
    case DEAL_TP: return give(value, deal.tp);
  }
  return mql_fail(ERR_TRADE_WRONG_PROPERTY);
}

bool property_of(const deal_record &deal, ENUM_DEAL_PROPERTY_STRING property, string &value) {
  switch (property) {
    case DEAL_SYMBOL: return give(value, deal.symbol);
    case DEAL_COMMENT: return give(value, deal.comment);
    case DEAL_EXTERNAL_ID: return give(value, std::string());
  }
  return mql_fail(ERR_TRADE_WRONG_PROPERTY);
}

}  // namespace terminal
