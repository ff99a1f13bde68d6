#include "bars.h"

#include <algorithm>

#include "timeframe.h"

namespace terminal {
namespace {

bool opened_before(const MqlRates &bar, long time) { return bar.time < time; }

// MetaQuotes does not publish which spread a bar keeps; the smallest one seen is what its own history shows.
void merge_into(MqlRates &bar, const MqlRates &part) {
  bar.high = std::max(bar.high, part.high);
  bar.low = std::min(bar.low, part.low);
  bar.close = part.close;
  bar.tick_volume += part.tick_volume;
  bar.real_volume += part.real_volume;
  bar.spread = std::min(bar.spread, part.spread);
}

// Appends a later part of the series: to the newest bar, or as a new one.
void extend(std::vector<MqlRates> &bars, int timeframe, const MqlRates &part) {
  const long opened = bar_open_time(timeframe, part.time);
  if (!bars.empty() && bars.back().time == opened) {
    merge_into(bars.back(), part);
    return;
  }
  bars.push_back(part);
  bars.back().time = datetime(opened);
}

bool same(const MqlRates &a, const MqlRates &b) {
  return a.open == b.open && a.high == b.high && a.low == b.low && a.close == b.close &&
         a.tick_volume == b.tick_volume && a.spread == b.spread && a.real_volume == b.real_volume;
}

}  // namespace

void bar_store::load_minute(const MqlRates &minute) {
  if (minutes_.empty() || minutes_.back().time < minute.time) {
    minutes_.push_back(minute);
    for (auto &[timeframe, bars] : derived_) extend(bars, timeframe, minute);
    return;
  }
  const auto at = std::lower_bound(minutes_.begin(), minutes_.end(), static_cast<long>(minute.time), opened_before);
  if (at->time != minute.time)
    minutes_.insert(at, minute);
  else if (same(*at, minute))
    return;
  else
    *at = minute;
  // The past has changed under the longer timeframes: they are built again when they are next asked for.
  derived_.clear();
}

void bar_store::add_price(long time, double price, int spread, long real_volume) {
  MqlRates part;
  part.time = datetime(bar_open_time(PERIOD_M1, time));
  part.open = part.high = part.low = part.close = price;
  part.tick_volume = 1;
  part.spread = spread;
  part.real_volume = real_volume;
  if (!minutes_.empty() && part.time < minutes_.back().time) return;
  extend(minutes_, PERIOD_M1, part);
  for (auto &[timeframe, bars] : derived_) extend(bars, timeframe, part);
}

const std::vector<MqlRates> &bar_store::of(int timeframe) {
  if (timeframe == PERIOD_M1) return minutes_;
  const auto known = derived_.find(timeframe);
  if (known != derived_.end()) return known->second;
  std::vector<MqlRates> &bars = derived_[timeframe];
  for (const MqlRates &minute : minutes_) extend(bars, timeframe, minute);
  return bars;
}

long bar_index_at(const std::vector<MqlRates> &bars, long time) {
  const auto after = std::upper_bound(bars.begin(), bars.end(), time,
                                      [](long wanted, const MqlRates &bar) { return wanted < bar.time; });
  return after - bars.begin() - 1;
}

}  // namespace terminal
