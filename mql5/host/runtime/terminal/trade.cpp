// OrderSend, OrderSendAsync, OrderCalcMargin, OrderCalcProfit.
#include "trade.h"

#include "../language/errors.h"
#include "boot.h"
#include "calculation.h"
#include "clock.h"
#include "link.h"
#include "lookup.h"
#include "options.h"
#include "requests.h"
#include "wait.h"

namespace {

bool answer_locally(MqlTradeResult &result, uint retcode, const char *comment, int error) {
  result.retcode = retcode;
  result.comment = string(comment);
  return mql_fail(error);
}

// What the terminal itself refuses, before the server hears of it.
bool may_send(MqlTradeResult &result) {
  result = MqlTradeResult();
  terminal::refresh();
  if (!terminal::given_options().allow_trading)
    return answer_locally(result, TRADE_RETCODE_CLIENT_DISABLES_AT, "AutoTrading disabled by client", ERR_TRADE_DISABLED);
  if (mql_tester() || !terminal::link_synced())
    return answer_locally(result, TRADE_RETCODE_CONNECTION, "No connection with the trade server",
                          ERR_TRADE_SEND_FAILED);
  if (!terminal::state().account.trade_expert)
    return answer_locally(result, TRADE_RETCODE_SERVER_DISABLES_AT, "AutoTrading disabled by server",
                          ERR_TRADE_DISABLED);
  return true;
}

bool is_success(uint retcode) {
  return retcode == TRADE_RETCODE_PLACED || retcode == TRADE_RETCODE_DONE || retcode == TRADE_RETCODE_DONE_PARTIAL;
}

// Waits for the answer while the link's other lines are applied. False when the time is over.
bool await_answer(uint id, MqlTradeResult &result) {
  const long until = terminal::real_monotonic_usc() + terminal::given_options().order_timeout_msc * 1000;
  while (!terminal::take_answer(id, result)) {
    if (terminal::real_monotonic_usc() >= until) return false;
    // A stop signal does not end this wait: what became of an order on its way matters more.
    terminal::wait_once(-1, 0, until);
  }
  return true;
}

}  // namespace

bool OrderSend(const MqlTradeRequest &request, MqlTradeResult &result) {
  terminal::die_here_if_asked("OrderSend-before");
  if (!may_send(result)) return false;
  const uint id = terminal::send_request(request, false);
  terminal::die_here_if_asked("OrderSend-sent");
  if (!await_answer(id, result)) {
    terminal::forget_request(id);
    result.request_id = id;
    return answer_locally(result, TRADE_RETCODE_TIMEOUT, "Request timed out", ERR_TRADE_SEND_FAILED);
  }
  terminal::die_here_if_asked("OrderSend-after");
  return is_success(result.retcode) || mql_fail(ERR_TRADE_SEND_FAILED);
}

bool OrderSendAsync(const MqlTradeRequest &request, MqlTradeResult &result) {
  if (!may_send(result)) return false;
  result.request_id = terminal::send_request(request, true);
  result.retcode = TRADE_RETCODE_PLACED;
  return true;
}

bool OrderCalcMargin(ENUM_ORDER_TYPE type, const string &symbol, double volume, double price, double &margin) {
  const terminal::symbol *of = terminal::symbol_of(symbol);
  if (!of) return false;
  const bool buy = type % 2 == 0;
  return terminal::margin_of(*of, buy, volume, price, margin) || mql_fail(ERR_TRADE_CALC_FAILED);
}

bool OrderCalcProfit(ENUM_ORDER_TYPE type, const string &symbol, double volume, double open, double close,
                     double &profit) {
  const terminal::symbol *of = terminal::symbol_of(symbol);
  if (!of) return false;
  if (type != ORDER_TYPE_BUY && type != ORDER_TYPE_SELL) return mql_fail(ERR_INVALID_PARAMETER);
  return terminal::profit_of(*of, type == ORDER_TYPE_BUY, volume, open, close, profit) ||
         mql_fail(ERR_TRADE_CALC_FAILED);
}
