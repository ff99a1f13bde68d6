// Orders, positions and deals as the trade server tells them. Times are milliseconds of the server's clock.
#pragma once
#include <string>

#include "../language/types.h"

namespace terminal {

struct order_record {
  ulong ticket = 0;
  std::string symbol;
  long type = 0, state = 0;
  double volume_initial = 0, volume_current = 0;
  double price_open = 0, price_stoplimit = 0, sl = 0, tp = 0, price_current = 0;
  long type_filling = 0, type_time = 0, expiration = 0;
  long magic = 0;
  ulong position_id = 0, position_by_id = 0;
  long reason = 0;
  std::string comment;
  long time_setup = 0, time_done = 0;
};

struct position_record {
  ulong ticket = 0, identifier = 0;
  std::string symbol;
  long type = 0;
  double volume = 0, price_open = 0, sl = 0, tp = 0, price_current = 0, swap = 0, profit = 0;
  long magic = 0, reason = 0;
  std::string comment;
  long time = 0, time_update = 0;
};

struct deal_record {
  ulong ticket = 0, order = 0, position_id = 0;
  std::string symbol;
  long type = 0, entry = 0, reason = 0;
  double volume = 0, price = 0, commission = 0, fee = 0, swap = 0, profit = 0;
  long magic = 0;
  std::string comment;
  long time = 0;
  double sl = 0, tp = 0;
};

}  // namespace terminal
