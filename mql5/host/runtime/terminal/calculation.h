// Money: profit and margin of a trade in the account's currency.
#pragma once
#include "state.h"

namespace terminal {

// The profit of `volume` lots from one price to another; false when a rate of exchange is not known.
bool profit_of(const symbol &of, bool buy, double volume, double open, double close, double &profit);
// The margin that `volume` lots take at this price; false when a rate of exchange is not known.
bool margin_of(const symbol &of, bool buy, double volume, double price, double &margin);
// One tick of one lot, in the account's currency, for a profit or a loss.
double tick_value_of(const symbol &of, bool profit);
// Rounded to the digits of the account's currency.
double rounded_money(double amount);

// The record with its price and profit by the newest quote, as the terminal shows them.
position_record valued(const position_record &position);
order_record valued(const order_record &order);

struct account_values {
  double profit = 0, equity = 0, margin = 0, margin_free = 0, margin_level = 0;
};
account_values value_account();

}  // namespace terminal
