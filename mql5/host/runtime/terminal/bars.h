// The bars of one symbol: minutes as the base, every other timeframe built from them when it is first asked for
// and then kept up to date tick by tick.
#pragma once
#include <map>
#include <vector>

#include "structs.h"

namespace terminal {

class bar_store {
 public:
  // A minute that the server tells: the newest, an older one or a better version of a known one.
  void load_minute(const MqlRates &minute);
  // A new price: continues the newest bars or opens new ones. A price of an earlier minute is ignored.
  void add_price(long time, double price, int spread, long real_volume);
  // Oldest first. The reference holds until the next load_minute or add_price.
  const std::vector<MqlRates> &of(int timeframe);

 private:
  std::vector<MqlRates> minutes_;
  std::map<int, std::vector<MqlRates>> derived_;
};

// The index of the newest bar that opened at or before `time`; -1 when all opened later.
long bar_index_at(const std::vector<MqlRates> &bars, long time);

}  // namespace terminal
