#include "symbol.h"

#include <cmath>

namespace terminal {
namespace {

const size_t most_ticks_kept = 1000000;

}  // namespace

void symbol::extremes::take(double price) {
  if (price <= 0) return;
  high = high == 0 || price > high ? price : high;
  low = low == 0 || price < low ? price : low;
}

void symbol::track_day(const MqlTick &quote) {
  const long day = quote.time_msc / 86400000;
  if (day != day_) bid_of_day = ask_of_day = last_of_day = extremes();
  day_ = day;
  bid_of_day.take(quote.bid);
  ask_of_day.take(quote.ask);
  last_of_day.take(quote.last);
}

void symbol::add_quote(const MqlTick &quote) {
  tick = quote;
  track_day(quote);
  ticks.push_back(quote);
  if (ticks.size() > most_ticks_kept) ticks.pop_front();
  // Bars are built from bids; an exchange's symbol without bids is built from its trades.
  const double price = quote.bid > 0 ? quote.bid : quote.last;
  const double spread = quote.ask > 0 && quote.bid > 0 ? std::round((quote.ask - quote.bid) / spec.point) : 0;
  if (price > 0)
    bars.add_price(quote.time_msc / 1000, price, static_cast<int>(spread), static_cast<long>(quote.volume));
}

void symbol::load_quote(const MqlTick &quote) {
  if (quote.time_msc <= tick.time_msc) return;
  const std::vector<MqlRates> &minutes = bars.of(PERIOD_M1);
  const bool has_bar = !minutes.empty() && quote.time_msc / 1000 < minutes.back().time + 60;
  if (!has_bar) {
    add_quote(quote);
    return;
  }
  // The server has counted this quote in the bar that it told.
  tick = quote;
  track_day(quote);
  ticks.push_back(quote);
}

}  // namespace terminal
