// OrderCheck: what can be said of a request without the server.
#include <cmath>

#include "calculation.h"
#include "lookup.h"
#include "trade.h"

namespace {

struct verdict {
  uint retcode;
  const char *comment;
};

const verdict good = {0, "Done"};

bool on_grid(double volume, double step) {
  const double steps = volume / step;
  return std::fabs(steps - std::round(steps)) < 1e-6;
}

bool is_entry(const MqlTradeRequest &request) {
  return request.action == TRADE_ACTION_PENDING || (request.action == TRADE_ACTION_DEAL && request.position == 0);
}

verdict judge_volume(const terminal::symbol_specification &spec, double volume) {
  const bool fits = std::isfinite(volume) && volume >= spec.volume_min - 1e-9 && volume <= spec.volume_max + 1e-9;
  return fits && on_grid(volume, spec.volume_step) ? good : verdict{TRADE_RETCODE_INVALID_VOLUME, "Invalid volume"};
}

verdict judge_mode(const terminal::symbol_specification &spec, const MqlTradeRequest &request) {
  const bool buy = request.type % 2 == 0;
  if (spec.trade_mode == SYMBOL_TRADE_MODE_DISABLED) return {TRADE_RETCODE_TRADE_DISABLED, "Trade is disabled"};
  if (!is_entry(request)) return good;
  if (spec.trade_mode == SYMBOL_TRADE_MODE_CLOSEONLY) return {TRADE_RETCODE_CLOSE_ONLY, "Only position closing is allowed"};
  if (spec.trade_mode == SYMBOL_TRADE_MODE_LONGONLY && !buy)
    return {TRADE_RETCODE_LONG_ONLY, "Only long positions are allowed"};
  if (spec.trade_mode == SYMBOL_TRADE_MODE_SHORTONLY && buy)
    return {TRADE_RETCODE_SHORT_ONLY, "Only short positions are allowed"};
  return good;
}

// The price that the levels are measured from: the order's own, or the market's side that would close the position.
double reference_price(const terminal::symbol &of, const MqlTradeRequest &request) {
  if (request.action == TRADE_ACTION_PENDING) return request.price;
  return request.type == ORDER_TYPE_BUY ? of.tick.bid : of.tick.ask;
}

verdict judge_stops(const terminal::symbol &of, const MqlTradeRequest &request) {
  const double price = reference_price(of, request);
  const double distance = static_cast<double>(of.spec.stops_level) * of.spec.point - of.spec.point / 100;
  const double side = request.type % 2 == 0 ? 1 : -1;
  const bool sl_good = request.sl <= 0 || (price - request.sl) * side > distance;
  const bool tp_good = request.tp <= 0 || (request.tp - price) * side > distance;
  return sl_good && tp_good ? good : verdict{TRADE_RETCODE_INVALID_STOPS, "Invalid stops"};
}

verdict judge_filling(const terminal::symbol_specification &spec, const MqlTradeRequest &request) {
  if (request.action != TRADE_ACTION_DEAL) return good;
  const bool allowed = request.type_filling == ORDER_FILLING_FOK   ? (spec.filling_mode & SYMBOL_FILLING_FOK) != 0
                       : request.type_filling == ORDER_FILLING_IOC ? (spec.filling_mode & SYMBOL_FILLING_IOC) != 0
                       : request.type_filling == ORDER_FILLING_RETURN
                           ? spec.execution != SYMBOL_TRADE_EXECUTION_MARKET
                           : false;
  return allowed ? good : verdict{TRADE_RETCODE_INVALID_FILL, "Unsupported filling mode"};
}

verdict judge(const terminal::symbol &of, const MqlTradeRequest &request) {
  for (const verdict &found : {judge_volume(of.spec, request.volume), judge_mode(of.spec, request),
                               judge_filling(of.spec, request), judge_stops(of, request)})
    if (found.retcode != 0) return found;
  return good;
}

}  // namespace

bool OrderCheck(const MqlTradeRequest &request, MqlTradeCheckResult &result) {
  result = MqlTradeCheckResult();
  const terminal::symbol *of = terminal::symbol_of(request.symbol);
  verdict found = of ? judge(*of, request) : verdict{TRADE_RETCODE_INVALID, "Invalid request"};
  const terminal::account_values now = terminal::value_account();
  result.balance = terminal::state().account.balance;
  result.equity = now.equity;
  result.profit = now.profit;
  double added = 0;
  if (of && is_entry(request)) {
    const double price = request.price > 0 ? request.price : request.type % 2 == 0 ? of->tick.ask : of->tick.bid;
    terminal::margin_of(*of, request.type % 2 == 0, request.volume, price, added);
  }
  result.margin = terminal::rounded_money(now.margin + added);
  result.margin_free = terminal::rounded_money(now.equity - result.margin);
  result.margin_level = result.margin > 0 ? result.equity / result.margin * 100 : 0;
  if (found.retcode == 0 && result.margin_free < 0) found = {TRADE_RETCODE_NO_MONEY, "No money"};
  result.retcode = found.retcode;
  result.comment = string(found.comment);
  return found.retcode == 0;
}
