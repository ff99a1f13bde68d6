// One symbol: its specification, its newest quote, its bars and ticks.
#pragma once
#include <deque>
#include <string>

#include "bars.h"
#include "structs.h"

namespace terminal {

// What the broker says about the instrument. Enumerations are MQL5's numbers.
struct symbol_specification {
  int digits = 5;
  double point = 0.00001, tick_size = 0.00001, tick_value = 1, contract_size = 100000;
  double volume_min = 0.01, volume_max = 100, volume_step = 0.01, volume_limit = 0;
  long stops_level = 0, freeze_level = 0;
  long execution = SYMBOL_TRADE_EXECUTION_MARKET;
  long filling_mode = SYMBOL_FILLING_FOK | SYMBOL_FILLING_IOC;
  long expiration_mode = 15, order_mode = 127;
  long trade_mode = SYMBOL_TRADE_MODE_FULL, calc_mode = SYMBOL_CALC_MODE_FOREX;
  std::string currency_base, currency_profit, currency_margin;
  long swap_mode = SYMBOL_SWAP_MODE_DISABLED;
  double swap_long = 0, swap_short = 0;
  long swap_rollover3days = 3;
  double margin_initial = 0, margin_maintenance = 0, margin_hedged = 0;
  std::string description, path;
  // Seconds of the server's day; days as a bit mask, bit 0 = Sunday.
  long session_from = 0, session_to = 86400, session_days = 62;
};

class symbol {
 public:
  explicit symbol(const std::string &its_name) : name(its_name) {}

  // A quote of the live stream: a tick, a part of the bars, the day's extremes.
  void add_quote(const MqlTick &quote);
  // The newest quote as told at login: it becomes a tick only when it is newer than all that is known.
  void load_quote(const MqlTick &quote);

  bool quoted() const { return tick.time_msc > 0; }

  const std::string name;
  symbol_specification spec;
  // Whether it is in the Market Watch.
  bool selected = true;
  MqlTick tick;
  bar_store bars;
  // The newest ticks, oldest first. Bounded: a terminal runs for weeks.
  std::deque<MqlTick> ticks;

  struct extremes {
    double high = 0, low = 0;
    void take(double price);
  };
  extremes bid_of_day, ask_of_day, last_of_day;

 private:
  void track_day(const MqlTick &quote);
  long day_ = -1;
};

}  // namespace terminal
