// Where the bars of each timeframe begin.
#pragma once
#include <string>

namespace terminal {

// "M15" -> PERIOD_M15; 0 when there is no such timeframe.
int timeframe_named(const std::string &name);

// Seconds of a timeframe; MN1 counts as 30 days, as PeriodSeconds does. 0 when there is no such timeframe.
int timeframe_seconds(int timeframe);

// The opening time of the bar that holds `time` (seconds of the server's clock):
// intraday bars are aligned to the server's midnight, W1 to Sunday, MN1 to the first of the month.
long bar_open_time(int timeframe, long time);

}  // namespace terminal
