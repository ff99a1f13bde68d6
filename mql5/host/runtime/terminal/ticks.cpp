// CopyTicks and CopyTicksRange.
#include <algorithm>
#include <climits>

#include "lookup.h"
#include "series.h"

namespace {

const size_t most_without_count = 2000;

bool wanted_by(uint flags, const MqlTick &tick) {
  const uint quote = TICK_FLAG_BID | TICK_FLAG_ASK, trade = TICK_FLAG_LAST | TICK_FLAG_VOLUME;
  return ((flags & COPY_TICKS_INFO) != 0 && (tick.flags & quote) != 0) ||
         ((flags & COPY_TICKS_TRADE) != 0 && (tick.flags & trade) != 0);
}

int give(const std::vector<MqlTick> &found, mql_array<MqlTick> &to) {
  return terminal::copy_field(found.data(), static_cast<int>(found.size()), to, [](const MqlTick &tick) { return tick; });
}

// The ticks of [from, to], oldest first, at most `most` of them.
std::vector<MqlTick> ticks_between(const terminal::symbol &of, uint flags, ulong from_msc, ulong to_msc, size_t most) {
  std::vector<MqlTick> found;
  auto at = std::lower_bound(of.ticks.begin(), of.ticks.end(), static_cast<long>(from_msc),
                             [](const MqlTick &tick, long wanted) { return tick.time_msc < wanted; });
  for (; at != of.ticks.end() && found.size() < most && at->time_msc <= static_cast<long>(to_msc); ++at)
    if (wanted_by(flags, *at)) found.push_back(*at);
  return found;
}

// The newest `most` ticks, oldest first.
std::vector<MqlTick> newest_ticks(const terminal::symbol &of, uint flags, size_t most) {
  std::vector<MqlTick> found;
  for (auto at = of.ticks.rbegin(); at != of.ticks.rend() && found.size() < most; ++at)
    if (wanted_by(flags, *at)) found.push_back(*at);
  std::reverse(found.begin(), found.end());
  return found;
}

}  // namespace

int CopyTicks(const string &symbol, mql_array<MqlTick> &ticks, uint flags, ulong from_msc, uint count) {
  const terminal::symbol *of = terminal::symbol_of(symbol);
  if (!of) return -1;
  const size_t most = count == 0 ? most_without_count : count;
  return give(from_msc == 0 ? newest_ticks(*of, flags, most) : ticks_between(*of, flags, from_msc, LONG_MAX, most), ticks);
}

int CopyTicksRange(const string &symbol, mql_array<MqlTick> &ticks, uint flags, ulong from_msc, ulong to_msc) {
  const terminal::symbol *of = terminal::symbol_of(symbol);
  if (!of) return -1;
  return give(ticks_between(*of, flags, from_msc, to_msc == 0 ? LONG_MAX : to_msc, SIZE_MAX), ticks);
}
