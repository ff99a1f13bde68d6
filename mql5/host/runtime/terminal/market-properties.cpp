// The properties of a symbol, one by one.
#include <cmath>

#include "../language/errors.h"
#include "calculation.h"
#include "lookup.h"
#include "market.h"

using terminal::symbol;
using terminal::symbol_of;

bool SymbolInfoDouble(const string &name, ENUM_SYMBOL_INFO_DOUBLE property, double &value) {
  const symbol *of = symbol_of(name);
  if (!of) return false;
  const terminal::symbol_specification &spec = of->spec;
  switch (property) {
    case SYMBOL_BID: value = of->tick.bid; return true;
    case SYMBOL_BIDHIGH: value = of->bid_of_day.high; return true;
    case SYMBOL_BIDLOW: value = of->bid_of_day.low; return true;
    case SYMBOL_ASK: value = of->tick.ask; return true;
    case SYMBOL_ASKHIGH: value = of->ask_of_day.high; return true;
    case SYMBOL_ASKLOW: value = of->ask_of_day.low; return true;
    case SYMBOL_LAST: value = of->tick.last; return true;
    case SYMBOL_LASTHIGH: value = of->last_of_day.high; return true;
    case SYMBOL_LASTLOW: value = of->last_of_day.low; return true;
    case SYMBOL_VOLUME_REAL: value = of->tick.volume_real; return true;
    case SYMBOL_POINT: value = spec.point; return true;
    case SYMBOL_TRADE_TICK_VALUE: value = spec.tick_value; return true;
    case SYMBOL_TRADE_TICK_VALUE_PROFIT: value = terminal::tick_value_of(*of, true); return true;
    case SYMBOL_TRADE_TICK_VALUE_LOSS: value = terminal::tick_value_of(*of, false); return true;
    case SYMBOL_TRADE_TICK_SIZE: value = spec.tick_size; return true;
    case SYMBOL_TRADE_CONTRACT_SIZE: value = spec.contract_size; return true;
    case SYMBOL_VOLUME_MIN: value = spec.volume_min; return true;
    case SYMBOL_VOLUME_MAX: value = spec.volume_max; return true;
    case SYMBOL_VOLUME_STEP: value = spec.volume_step; return true;
    case SYMBOL_VOLUME_LIMIT: value = spec.volume_limit; return true;
    case SYMBOL_SWAP_LONG: value = spec.swap_long; return true;
    case SYMBOL_SWAP_SHORT: value = spec.swap_short; return true;
    case SYMBOL_MARGIN_INITIAL: value = spec.margin_initial; return true;
    case SYMBOL_MARGIN_MAINTENANCE: value = spec.margin_maintenance; return true;
    case SYMBOL_MARGIN_HEDGED: value = spec.margin_hedged; return true;
    default:
      // An exchange's figures: 0 with a broker that is none.
      value = 0;
      return true;
  }
}

bool SymbolInfoInteger(const string &name, ENUM_SYMBOL_INFO_INTEGER property, long &value) {
  if (property == SYMBOL_EXIST) {
    bool is_custom = false;
    value = SymbolExist(name, is_custom);
    return true;
  }
  const symbol *of = symbol_of(name);
  if (!of) return false;
  const terminal::symbol_specification &spec = of->spec;
  switch (property) {
    case SYMBOL_SELECT:
    case SYMBOL_VISIBLE: value = of->selected; return true;
    case SYMBOL_DIGITS: value = spec.digits; return true;
    case SYMBOL_SPREAD: value = std::lround((of->tick.ask - of->tick.bid) / spec.point); return true;
    case SYMBOL_SPREAD_FLOAT: value = 1; return true;
    case SYMBOL_TIME: value = of->tick.time_msc / 1000; return true;
    case SYMBOL_TIME_MSC: value = of->tick.time_msc; return true;
    case SYMBOL_VOLUME: value = static_cast<long>(of->tick.volume); return true;
    case SYMBOL_TRADE_CALC_MODE: value = spec.calc_mode; return true;
    case SYMBOL_TRADE_MODE: value = spec.trade_mode; return true;
    case SYMBOL_TRADE_STOPS_LEVEL: value = spec.stops_level; return true;
    case SYMBOL_TRADE_FREEZE_LEVEL: value = spec.freeze_level; return true;
    case SYMBOL_TRADE_EXEMODE: value = spec.execution; return true;
    case SYMBOL_SWAP_MODE: value = spec.swap_mode; return true;
    case SYMBOL_SWAP_ROLLOVER3DAYS: value = spec.swap_rollover3days; return true;
    case SYMBOL_EXPIRATION_MODE: value = spec.expiration_mode; return true;
    case SYMBOL_FILLING_MODE: value = spec.filling_mode; return true;
    case SYMBOL_ORDER_MODE: value = spec.order_mode; return true;
    default:
      // Bids on the chart, orders good till cancelled, no depth of market, no option: all are 0.
      value = 0;
      return true;
  }
}

bool SymbolInfoString(const string &name, ENUM_SYMBOL_INFO_STRING property, string &value) {
  const symbol *of = symbol_of(name);
  if (!of) return false;
  const terminal::symbol_specification &spec = of->spec;
  switch (property) {
    case SYMBOL_CURRENCY_BASE: value = string(spec.currency_base); return true;
    case SYMBOL_CURRENCY_PROFIT: value = string(spec.currency_profit); return true;
    case SYMBOL_CURRENCY_MARGIN: value = string(spec.currency_margin); return true;
    case SYMBOL_DESCRIPTION: value = string(spec.description); return true;
    case SYMBOL_PATH: value = string(spec.path); return true;
    default: value = string(""); return true;
  }
}

double SymbolInfoDouble(const string &name, ENUM_SYMBOL_INFO_DOUBLE property) {
  double value = 0;
  return SymbolInfoDouble(name, property, value) ? value : 0;
}

long SymbolInfoInteger(const string &name, ENUM_SYMBOL_INFO_INTEGER property) {
  long value = 0;
  return SymbolInfoInteger(name, property, value) ? value : 0;
}

string SymbolInfoString(const string &name, ENUM_SYMBOL_INFO_STRING property) {
  string value("");
  SymbolInfoString(name, property, value);
  return value;
}
