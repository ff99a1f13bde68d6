#include "series.h"

#include <algorithm>

#include "lookup.h"
#include "timeframe.h"

namespace terminal {
namespace {

using bars = std::vector<MqlRates>;

// The series, or null with the error set. MetaTrader knows no other timeframes than its own 21.
const bars *series_of(const string &name, ENUM_TIMEFRAMES timeframe) {
  symbol *of = symbol_of(name);
  if (!of) return nullptr;
  const int wanted = timeframe_of(timeframe);
  if (timeframe_seconds(wanted) == 0) {
    mql_fail(ERR_INVALID_PARAMETER);
    return nullptr;
  }
  return &of->bars.of(wanted);
}

// Bars `from` … `to` of a series, both included, by their indices from the oldest.
bar_range range_of(const bars &all, long from, long to) {
  from = std::max(from, 0L);
  if (to < from) {
    mql_fail(ERR_HISTORY_NOT_FOUND);
    return {};
  }
  return {&all[static_cast<size_t>(from)], static_cast<int>(to - from + 1)};
}

long newest_of(const bars &all) { return static_cast<long>(all.size()) - 1; }

}  // namespace

bar_range bars_from_position(const string &symbol, ENUM_TIMEFRAMES timeframe, long start, long count) {
  const bars *all = series_of(symbol, timeframe);
  if (!all) return {};
  if (start < 0 || count <= 0) {
    mql_fail(ERR_INVALID_PARAMETER);
    return {};
  }
  const long to = newest_of(*all) - start;
  return range_of(*all, to - count + 1, to);
}

bar_range bars_up_to(const string &symbol, ENUM_TIMEFRAMES timeframe, datetime start, long count) {
  const bars *all = series_of(symbol, timeframe);
  if (!all) return {};
  if (count <= 0) {
    mql_fail(ERR_INVALID_PARAMETER);
    return {};
  }
  const long to = bar_index_at(*all, start);
  return range_of(*all, to - count + 1, to);
}

bar_range bars_between(const string &symbol, ENUM_TIMEFRAMES timeframe, datetime start, datetime stop) {
  const bars *all = series_of(symbol, timeframe);
  if (!all) return {};
  // The two times may be given in either order.
  const datetime from = std::min(start, stop), to = std::max(start, stop);
  return range_of(*all, bar_index_at(*all, from - 1) + 1, bar_index_at(*all, to));
}

}  // namespace terminal

using terminal::bar_range;

namespace {

// The bar `shift` bars before the newest one, or null with the error set.
const MqlRates *bar_at(const string &symbol, ENUM_TIMEFRAMES timeframe, int shift) {
  return terminal::bars_from_position(symbol, timeframe, shift, 1).first;
}

double value_of(const MqlRates &bar, ENUM_SERIESMODE mode) {
  switch (mode) {
    case MODE_OPEN: return bar.open;
    case MODE_LOW: return bar.low;
    case MODE_HIGH: return bar.high;
    case MODE_CLOSE: return bar.close;
    case MODE_VOLUME: return static_cast<double>(bar.tick_volume);
    case MODE_TIME: return static_cast<double>(bar.time);
    case MODE_REAL_VOLUME: return static_cast<double>(bar.real_volume);
    case MODE_SPREAD: return bar.spread;
  }
  return 0;
}

// The shift of the most extreme of `count` bars from `start` on, going back; of equal ones the newest.
template <class Better>
int extreme_shift(const string &symbol, ENUM_TIMEFRAMES timeframe, ENUM_SERIESMODE mode, int count, int start,
                  Better better) {
  const long wanted = count <= 0 ? Bars(symbol, timeframe) : count;
  const bar_range bars = terminal::bars_from_position(symbol, timeframe, start, wanted);
  if (bars.count <= 0) return -1;
  int best = bars.count - 1;
  for (int i = best - 1; i >= 0; i--)
    if (better(value_of(bars.first[i], mode), value_of(bars.first[best], mode))) best = i;
  return start + bars.count - 1 - best;
}

}  // namespace

#define MQL_BAR_FUNCTION(TYPE, NAME, FIELD)                                     \
  TYPE NAME(const string &symbol, ENUM_TIMEFRAMES timeframe, int shift) {       \
    const MqlRates *bar = bar_at(symbol, timeframe, shift);                     \
    return bar ? bar->FIELD : TYPE(0);                                          \
  }

MQL_BAR_FUNCTION(datetime, iTime, time)
MQL_BAR_FUNCTION(double, iOpen, open)
MQL_BAR_FUNCTION(double, iHigh, high)
MQL_BAR_FUNCTION(double, iLow, low)
MQL_BAR_FUNCTION(double, iClose, close)
MQL_BAR_FUNCTION(long, iVolume, tick_volume)
MQL_BAR_FUNCTION(long, iTickVolume, tick_volume)
MQL_BAR_FUNCTION(long, iRealVolume, real_volume)
MQL_BAR_FUNCTION(int, iSpread, spread)
#undef MQL_BAR_FUNCTION

int iBars(const string &symbol, ENUM_TIMEFRAMES timeframe) { return Bars(symbol, timeframe); }

int iBarShift(const string &symbol, ENUM_TIMEFRAMES timeframe, datetime time, bool exact) {
  const bar_range all = terminal::bars_from_position(symbol, timeframe, 0, Bars(symbol, timeframe));
  if (all.count <= 0) return -1;
  const MqlRates *after = std::upper_bound(all.first, all.first + all.count, static_cast<long>(time),
                                           [](long wanted, const MqlRates &bar) { return wanted < bar.time; });
  const long index = after - all.first - 1;
  // A time inside a bar belongs to it; between two bars only an inexact search finds the older one.
  const long length = PeriodSeconds(timeframe);
  const bool inside =
      index >= 0 && (time < all.first[index].time + length ||
                     terminal::bar_open_time(terminal::timeframe_of(timeframe), time) == all.first[index].time);
  if (exact && !inside) return -1;
  return all.count - 1 - static_cast<int>(std::max(index, 0L));
}

int iHighest(const string &symbol, ENUM_TIMEFRAMES timeframe, ENUM_SERIESMODE mode, int count, int start) {
  return extreme_shift(symbol, timeframe, mode, count, start, [](double a, double b) { return a > b; });
}

int iLowest(const string &symbol, ENUM_TIMEFRAMES timeframe, ENUM_SERIESMODE mode, int count, int start) {
  return extreme_shift(symbol, timeframe, mode, count, start, [](double a, double b) { return a < b; });
}

int Bars(const string &symbol, ENUM_TIMEFRAMES timeframe) {
  const auto *all = terminal::series_of(symbol, timeframe);
  return all ? static_cast<int>(all->size()) : 0;
}

int Bars(const string &symbol, ENUM_TIMEFRAMES timeframe, datetime start, datetime stop) {
  return std::max(0, terminal::bars_between(symbol, timeframe, start, stop).count);
}

bool SeriesInfoInteger(const string &symbol, ENUM_TIMEFRAMES timeframe, ENUM_SERIES_INFO_INTEGER property, long &value) {
  const auto *all = terminal::series_of(symbol, timeframe);
  if (!all) return false;
  switch (property) {
    case SERIES_BARS_COUNT: value = static_cast<long>(all->size()); return true;
    case SERIES_LASTBAR_DATE: value = all->empty() ? 0 : static_cast<long>(all->back().time); return true;
    case SERIES_SYNCHRONIZED: value = !all->empty(); return true;
    default: value = all->empty() ? 0 : static_cast<long>(all->front().time); return true;
  }
}

long SeriesInfoInteger(const string &symbol, ENUM_TIMEFRAMES timeframe, ENUM_SERIES_INFO_INTEGER property) {
  long value = 0;
  return SeriesInfoInteger(symbol, timeframe, property, value) ? value : 0;
}

int PeriodSeconds(ENUM_TIMEFRAMES timeframe) { return terminal::timeframe_seconds(terminal::timeframe_of(timeframe)); }
