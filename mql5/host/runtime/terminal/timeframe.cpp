#include "timeframe.h"

#include "enums-market.h"

namespace terminal {
namespace {

const long minute = 60, hour = 3600, day = 86400;

struct named_timeframe {
  const char *name;
  int value;
  long seconds;
};

const named_timeframe timeframes[] = {
    {"M1", PERIOD_M1, minute},        {"M2", PERIOD_M2, 2 * minute},    {"M3", PERIOD_M3, 3 * minute},
    {"M4", PERIOD_M4, 4 * minute},    {"M5", PERIOD_M5, 5 * minute},    {"M6", PERIOD_M6, 6 * minute},
    {"M10", PERIOD_M10, 10 * minute}, {"M12", PERIOD_M12, 12 * minute}, {"M15", PERIOD_M15, 15 * minute},
    {"M20", PERIOD_M20, 20 * minute}, {"M30", PERIOD_M30, 30 * minute}, {"H1", PERIOD_H1, hour},
    {"H2", PERIOD_H2, 2 * hour},      {"H3", PERIOD_H3, 3 * hour},      {"H4", PERIOD_H4, 4 * hour},
    {"H6", PERIOD_H6, 6 * hour},      {"H8", PERIOD_H8, 8 * hour},      {"H12", PERIOD_H12, 12 * hour},
    {"D1", PERIOD_D1, day},           {"W1", PERIOD_W1, 7 * day},       {"MN1", PERIOD_MN1, 30 * day},
};

long floor_to(long time, long step) {
  const long rest = time % step;
  return rest < 0 ? time - rest - step : time - rest;
}

// The first day of the month that holds this day, both counted from 1970-01-01 (civil calendar arithmetic in
// years that begin in March, so that the leap day is the last one).
long first_day_of_month(long days) {
  const long shifted = days + 719468;
  const long era = floor_to(shifted, 146097) / 146097;
  const long day_of_era = shifted - era * 146097;
  const long year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const long day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const long month = (5 * day_of_year + 2) / 153;
  return days - (day_of_year - (153 * month + 2) / 5);
}

}  // namespace

int timeframe_named(const std::string &name) {
  for (const named_timeframe &one : timeframes)
    if (name == one.name) return one.value;
  return 0;
}

int timeframe_seconds(int timeframe) {
  for (const named_timeframe &one : timeframes)
    if (timeframe == one.value) return static_cast<int>(one.seconds);
  return 0;
}

long bar_open_time(int timeframe, long time) {
  if (timeframe == PERIOD_MN1) return first_day_of_month(floor_to(time, day) / day) * day;
  // 1970-01-01 was a Thursday: four days after a Sunday.
  if (timeframe == PERIOD_W1) return floor_to(time + 4 * day, 7 * day) - 4 * day;
  return floor_to(time, timeframe_seconds(timeframe));
}

}  // namespace terminal
