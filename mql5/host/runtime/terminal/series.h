// Bars and ticks: https://www.mql5.com/en/docs/series
#pragma once
#include "../language/array.h"
#include "../language/errors.h"
#include "structs.h"

namespace terminal {

// Bars of a series as they lie in it, oldest first; count -1 when there are none, with the error set.
// They hold until the next terminal function is called.
struct bar_range {
  const MqlRates *first = nullptr;
  int count = -1;
};

bar_range bars_from_position(const string &symbol, ENUM_TIMEFRAMES timeframe, long start, long count);
bar_range bars_up_to(const string &symbol, ENUM_TIMEFRAMES timeframe, datetime start, long count);
bar_range bars_between(const string &symbol, ENUM_TIMEFRAMES timeframe, datetime start, datetime stop);

// MQL5 tells the three forms of a call apart by `datetime`; a difference of times may arrive here as a long.
template <class T>
inline constexpr bool is_time = std::is_same_v<T, datetime> || std::is_same_v<T, long> || std::is_same_v<T, ulong>;

template <class Start, class End>
bar_range bars_of(const string &symbol, ENUM_TIMEFRAMES timeframe, Start start, End end) {
  if constexpr (!is_time<Start>)
    return bars_from_position(symbol, timeframe, static_cast<long>(start), static_cast<long>(end));
  else if constexpr (!is_time<End>)
    return bars_up_to(symbol, timeframe, static_cast<datetime>(start), static_cast<long>(end));
  else
    return bars_between(symbol, timeframe, static_cast<datetime>(start), static_cast<datetime>(end));
}

// Copies one field of each item; the array's memory begins with the oldest, whatever its series flag is.
template <class T, class Item, class Field>
int copy_field(const Item *first, int count, mql_array<T> &to, Field field) {
  if (count < 0) return -1;
  if (!to.resize(count)) {
    mql_fail(ERR_HISTORY_SMALL_BUFFER);
    return -1;
  }
  T *memory = to.data();
  for (int i = 0; i < count; i++) memory[i] = static_cast<T>(field(first[i]));
  return count;
}

}  // namespace terminal

#define MQL_COPY_FUNCTION(NAME, TYPE, FIELD)                                                                      \
  template <class Start, class End>                                                                               \
  int NAME(const string &symbol, ENUM_TIMEFRAMES timeframe, Start start, End end, mql_array<TYPE> &to) {          \
    const terminal::bar_range bars = terminal::bars_of(symbol, timeframe, start, end);                            \
    return terminal::copy_field(bars.first, bars.count, to, [](const MqlRates &bar) { return FIELD; });           \
  }

MQL_COPY_FUNCTION(CopyRates, MqlRates, bar)
MQL_COPY_FUNCTION(CopyTime, datetime, bar.time)
MQL_COPY_FUNCTION(CopyOpen, double, bar.open)
MQL_COPY_FUNCTION(CopyHigh, double, bar.high)
MQL_COPY_FUNCTION(CopyLow, double, bar.low)
MQL_COPY_FUNCTION(CopyClose, double, bar.close)
MQL_COPY_FUNCTION(CopyTickVolume, long, bar.tick_volume)
MQL_COPY_FUNCTION(CopyRealVolume, long, bar.real_volume)
MQL_COPY_FUNCTION(CopySpread, int, bar.spread)
#undef MQL_COPY_FUNCTION

datetime iTime(const string &symbol, ENUM_TIMEFRAMES timeframe, int shift);
double iOpen(const string &symbol, ENUM_TIMEFRAMES timeframe, int shift);
double iHigh(const string &symbol, ENUM_TIMEFRAMES timeframe, int shift);
double iLow(const string &symbol, ENUM_TIMEFRAMES timeframe, int shift);
double iClose(const string &symbol, ENUM_TIMEFRAMES timeframe, int shift);
long iVolume(const string &symbol, ENUM_TIMEFRAMES timeframe, int shift);
long iTickVolume(const string &symbol, ENUM_TIMEFRAMES timeframe, int shift);
long iRealVolume(const string &symbol, ENUM_TIMEFRAMES timeframe, int shift);
int iSpread(const string &symbol, ENUM_TIMEFRAMES timeframe, int shift);
int iBars(const string &symbol, ENUM_TIMEFRAMES timeframe);
int iBarShift(const string &symbol, ENUM_TIMEFRAMES timeframe, datetime time, bool exact = false);
int iHighest(const string &symbol, ENUM_TIMEFRAMES timeframe, ENUM_SERIESMODE mode, int count = -1, int start = 0);
int iLowest(const string &symbol, ENUM_TIMEFRAMES timeframe, ENUM_SERIESMODE mode, int count = -1, int start = 0);

int Bars(const string &symbol, ENUM_TIMEFRAMES timeframe);
int Bars(const string &symbol, ENUM_TIMEFRAMES timeframe, datetime start, datetime stop);
long SeriesInfoInteger(const string &symbol, ENUM_TIMEFRAMES timeframe, ENUM_SERIES_INFO_INTEGER property);
bool SeriesInfoInteger(const string &symbol, ENUM_TIMEFRAMES timeframe, ENUM_SERIES_INFO_INTEGER property, long &value);
int PeriodSeconds(ENUM_TIMEFRAMES timeframe = PERIOD_CURRENT);

int CopyTicks(const string &symbol, mql_array<MqlTick> &ticks, uint flags = uint(COPY_TICKS_ALL), ulong from_msc = 0,
              uint count = 0);
int CopyTicksRange(const string &symbol, mql_array<MqlTick> &ticks, uint flags = uint(COPY_TICKS_ALL),
                   ulong from_msc = 0, ulong to_msc = 0);
