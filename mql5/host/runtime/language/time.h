// Dates, times and the program's clocks. TimeCurrent and TimeTradeServer need the server and are the terminal's.
#pragma once
#include "enum.h"

MQL_ENUM(ENUM_DAY_OF_WEEK, SUNDAY, MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY)

enum { TIME_DATE = 1, TIME_MINUTES = 2, TIME_SECONDS = 4 };

struct MqlDateTime {
  int year;
  int mon;
  int day;
  int hour;
  int min;
  int sec;
  int day_of_week;
  int day_of_year;
  MQL_ARROW(MqlDateTime)
};

bool TimeToStruct(datetime time, MqlDateTime &parts);
datetime StructToTime(const MqlDateTime &parts);
string TimeToString(datetime time, int mode = TIME_DATE | TIME_MINUTES);
// "yyyy.mm.dd hh:mi:ss" and the shorter forms; without a date it is today. 0 with an error code when it is no time.
datetime StringToTime(const string &text);

datetime TimeLocal();
datetime TimeLocal(MqlDateTime &parts);
datetime TimeGMT();
datetime TimeGMT(MqlDateTime &parts);
// GMT minus local time, seconds.
int TimeGMTOffset();
int TimeDaylightSavings();
uint GetTickCount();
ulong GetTickCount64();
ulong GetMicrosecondCount();
void Sleep(int milliseconds);

// Where time comes from: the terminal puts its own in place to serve the link while the program sleeps, and to let
// simulated time pass.
struct mql_clock {
  // Epoch ms, UTC.
  long (*utc_msc)();
  // Microseconds since the system started.
  long (*monotonic_usc)();
  void (*sleep_msc)(long milliseconds);
};
void mql_use_clock(const mql_clock &clock);
