#include "calculation.h"

#include <algorithm>
#include <cmath>

namespace terminal {
namespace {

const symbol *pair_of(const std::string &base, const std::string &quote) {
  for (const auto &one : state().market.all())
    if (one->quoted() && one->spec.currency_base == base && one->spec.currency_profit == quote &&
        (one->spec.calc_mode == SYMBOL_CALC_MODE_FOREX || one->spec.calc_mode == SYMBOL_CALC_MODE_FOREX_NO_LEVERAGE))
      return one.get();
  return nullptr;
}

// Units of the account's currency for one unit of `currency`. `receives`: the account gets the amount, so it is
// sold at the bid; what the account owes is bought at the ask.
bool rate_to_account(const std::string &currency, bool receives, double &rate) {
  const std::string &own = state().account.currency;
  rate = 1;
  if (currency.empty() || currency == own) return true;
  if (const symbol *direct = pair_of(currency, own)) {
    rate = receives ? direct->tick.bid : direct->tick.ask;
    return rate > 0;
  }
  if (const symbol *inverse = pair_of(own, currency)) {
    const double price = receives ? inverse->tick.ask : inverse->tick.bid;
    if (price <= 0) return false;
    rate = 1 / price;
    return true;
  }
  return false;
}

bool is_futures(long calc_mode) {
  return calc_mode == SYMBOL_CALC_MODE_FUTURES || calc_mode == SYMBOL_CALC_MODE_EXCH_FUTURES ||
         calc_mode == SYMBOL_CALC_MODE_EXCH_FUTURES_FORTS;
}

}  // namespace

double rounded_money(double amount) {
  const double scale = std::pow(10, static_cast<double>(state().account.currency_digits));
  return std::round(amount * scale) / scale;
}

bool profit_of(const symbol &of, bool buy, double volume, double open, double close, double &profit) {
  const double moved = buy ? close - open : open - close;
  const symbol_specification &spec = of.spec;
  if (is_futures(spec.calc_mode)) {
    // The value of a tick is told in the account's currency already.
    profit = rounded_money(moved * volume * spec.tick_value / spec.tick_size);
    return true;
  }
  double rate = 1;
  if (!rate_to_account(spec.currency_profit, moved > 0, rate)) return false;
  profit = rounded_money(moved * volume * spec.contract_size * rate);
  return true;
}

bool margin_of(const symbol &of, bool buy, double volume, double price, double &margin) {
  const symbol_specification &spec = of.spec;
  const double leverage = std::max(1.0, static_cast<double>(state().account.leverage));
  double rate = 1;
  if (!rate_to_account(spec.currency_margin, !buy, rate)) return false;
  if (spec.margin_initial > 0) {
    // A fixed margin replaces every formula.
    margin = rounded_money(volume * spec.margin_initial * rate);
    return true;
  }
  switch (spec.calc_mode) {
    case SYMBOL_CALC_MODE_FOREX: margin = volume * spec.contract_size / leverage; break;
    case SYMBOL_CALC_MODE_FOREX_NO_LEVERAGE: margin = volume * spec.contract_size; break;
    case SYMBOL_CALC_MODE_CFDLEVERAGE: margin = volume * spec.contract_size * price / leverage; break;
    case SYMBOL_CALC_MODE_CFDINDEX:
      margin = volume * spec.contract_size * price * spec.tick_value / spec.tick_size;
      break;
    default: margin = volume * spec.contract_size * price; break;
  }
  margin = rounded_money(margin * rate);
  return true;
}

double tick_value_of(const symbol &of, bool profit) {
  double rate = 1;
  if (is_futures(of.spec.calc_mode) || !rate_to_account(of.spec.currency_profit, profit, rate))
    return of.spec.tick_value;
  return of.spec.tick_size * of.spec.contract_size * rate;
}

position_record valued(const position_record &position) {
  position_record now = position;
  const symbol *of = state().market.find(position.symbol);
  if (!of || !of->quoted()) return now;
  const bool buy = position.type == POSITION_TYPE_BUY;
  const double price = buy ? of->tick.bid : of->tick.ask;
  if (price <= 0) return now;
  now.price_current = price;
  profit_of(*of, buy, position.volume, position.price_open, price, now.profit);
  return now;
}

order_record valued(const order_record &order) {
  order_record now = order;
  const symbol *of = state().market.find(order.symbol);
  // Buys of every kind have the even numbers.
  if (of && of->quoted()) now.price_current = order.type % 2 == 0 ? of->tick.ask : of->tick.bid;
  return now;
}

account_values value_account() {
  const account_state &account = state().account;
  account_values values;
  double swaps = 0;
  for (const position_record &position : state().trade.positions.all()) {
    values.profit += valued(position).profit;
    swaps += position.swap;
  }
  // The account's profit contains the swaps, as in the terminal.
  values.profit = rounded_money(values.profit + swaps);
  values.equity = rounded_money(account.balance + account.credit + values.profit);
  values.margin = account.margin;
  values.margin_free = rounded_money(values.equity - values.margin);
  values.margin_level = values.margin > 0 ? values.equity / values.margin * 100 : 0;
  return values;
}

}  // namespace terminal
