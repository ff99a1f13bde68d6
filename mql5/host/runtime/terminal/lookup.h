// Names and timeframes as an EA gives them: empty and PERIOD_CURRENT mean the chart's own.
#pragma once
#include "state.h"

namespace terminal {

// The symbol after the newest lines of the link were applied; null and ERR_MARKET_UNKNOWN_SYMBOL when there is none.
symbol *symbol_of(const string &name);
symbol *chart_symbol();
// PERIOD_CURRENT -> the chart's period.
int timeframe_of(ENUM_TIMEFRAMES timeframe);

}  // namespace terminal
