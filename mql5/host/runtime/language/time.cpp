#include "time.h"

#include <cstdio>
#include <ctime>
#include <vector>

#include "errors.h"

namespace {
constexpr long day_seconds = 86400;

// Days since 1970-01-01 of a date of the Gregorian calendar, for any month number (13 is January of the next year).
long days_of(long year, long month, long day) {
  year += (month - 1) / 12;
  month = (month - 1) % 12 + 1;
  // Years that begin in March put the leap day at their end.
  const long y = month <= 2 ? year - 1 : year;
  const long era = (y >= 0 ? y : y - 399) / 400;
  const long year_of_era = y - era * 400;
  const long day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

void date_of(long days, int &year, int &month, int &day) {
  days += 719468;
  const long era = (days >= 0 ? days : days - 146096) / 146097;
  const long day_of_era = days - era * 146097;
  const long year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const long day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const long shifted = (5 * day_of_year + 2) / 153;
  day = static_cast<int>(day_of_year - (153 * shifted + 2) / 5 + 1);
  month = static_cast<int>(shifted < 10 ? shifted + 3 : shifted - 9);
  year = static_cast<int>(year_of_era + era * 400 + (month <= 2 ? 1 : 0));
}

long system_utc() {
  timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}
long system_monotonic() {
  timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000000 + now.tv_nsec / 1000;
}
void system_sleep(long milliseconds) {
  timespec left{milliseconds / 1000, (milliseconds % 1000) * 1000000};
  while (nanosleep(&left, &left) != 0) {
  }
}
mql_clock &clock_in_use() {
  static mql_clock clock{system_utc, system_monotonic, system_sleep};
  return clock;
}
long program_start() {
  static const long start = clock_in_use().monotonic_usc();
  return start;
}
tm local_now() {
  const time_t now = clock_in_use().utc_msc() / 1000;
  tm parts;
  localtime_r(&now, &parts);
  return parts;
}

struct field {
  long value;
  int digits;
};
// Numbers of a text with the marks between them.
bool fields_of(std::u16string_view text, std::vector<field> &fields, std::u16string &marks) {
  for (size_t i = 0; i < text.size();) {
    if (text[i] < u'0' || text[i] > u'9') return false;
    field next{0, 0};
    for (; i < text.size() && text[i] >= u'0' && text[i] <= u'9'; i++) {
      if (++next.digits > 8) return false;
      next.value = next.value * 10 + (text[i] - u'0');
    }
    fields.push_back(next);
    if (i < text.size()) marks += text[i++];
  }
  return !fields.empty() && marks.size() < fields.size();
}
bool read_date(std::u16string_view text, long &days) {
  std::vector<field> f;
  std::u16string marks;
  if (!fields_of(text, f, marks)) return false;
  long year, month, day;
  if (f.size() == 1 && f[0].digits == 8) {
    year = f[0].value / 10000, month = f[0].value / 100 % 100, day = f[0].value % 100;
  } else if (f.size() == 3 && marks[0] == marks[1] && (marks[0] == u'.' || marks[0] == u'/' || marks[0] == u'-')) {
    const bool year_first = f[0].digits == 4;
    year = year_first ? f[0].value : f[2].value, month = f[1].value, day = year_first ? f[2].value : f[0].value;
  } else {
    return false;
  }
  if (year < 1970 || year > 3000 || month < 1 || month > 12 || day < 1 || day > 31) return false;
  days = days_of(year, month, day);
  return true;
}
bool read_clock(std::u16string_view text, long &seconds) {
  std::vector<field> f;
  std::u16string marks;
  if (!fields_of(text, f, marks)) return false;
  long hour = 0, minute = 0, second = 0;
  if (f.size() == 1 && f[0].digits == 6) {
    hour = f[0].value / 10000, minute = f[0].value / 100 % 100, second = f[0].value % 100;
  } else if (f.size() == 1 && f[0].digits == 4) {
    hour = f[0].value / 100, minute = f[0].value % 100;
  } else if ((f.size() == 2 || f.size() == 3) && marks.find_first_not_of(u':') == std::u16string::npos) {
    hour = f[0].value, minute = f[1].value, second = f.size() == 3 ? f[2].value : 0;
  } else {
    return false;
  }
  if (hour > 23 || minute > 59 || second > 59) return false;
  seconds = hour * 3600 + minute * 60 + second;
  return true;
}
}  // namespace

bool TimeToStruct(datetime time, MqlDateTime &parts) {
  const long seconds = static_cast<long>(time);
  const long days = (seconds >= 0 ? seconds : seconds - day_seconds + 1) / day_seconds;
  const long left = seconds - days * day_seconds;
  date_of(days, parts.year, parts.mon, parts.day);
  parts.hour = static_cast<int>(left / 3600);
  parts.min = static_cast<int>(left / 60 % 60);
  parts.sec = static_cast<int>(left % 60);
  parts.day_of_week = static_cast<int>(((days + 4) % 7 + 7) % 7);
  parts.day_of_year = static_cast<int>(days - days_of(parts.year, 1, 1));
  return true;
}

datetime StructToTime(const MqlDateTime &parts) {
  if (parts.mon < 1) {
    mql_fail(ERR_INVALID_DATETIME);
    return static_cast<datetime>(0);
  }
  return static_cast<datetime>(days_of(parts.year, parts.mon, parts.day) * day_seconds + parts.hour * 3600L + parts.min * 60L + parts.sec);
}

string TimeToString(datetime time, int mode) {
  MqlDateTime t;
  TimeToStruct(time, t);
  std::string text;
  char part[64];
  if (mode & TIME_DATE) {
    std::snprintf(part, sizeof part, "%04d.%02d.%02d", t.year, t.mon, t.day);
    text = part;
  }
  if (mode & (TIME_MINUTES | TIME_SECONDS)) {
    if (!text.empty()) text += ' ';
    if (mode & TIME_SECONDS) std::snprintf(part, sizeof part, "%02d:%02d:%02d", t.hour, t.min, t.sec);
    else std::snprintf(part, sizeof part, "%02d:%02d", t.hour, t.min);
    text += part;
  }
  return string(text);
}

datetime StringToTime(const string &text) {
  std::u16string_view all = text.view();
  while (!all.empty() && all.front() == u' ') all.remove_prefix(1);
  while (!all.empty() && all.back() == u' ') all.remove_suffix(1);
  const size_t space = all.find(u' ');
  long days = 0, seconds = 0;
  if (space != std::u16string_view::npos) {
    if (!read_date(all.substr(0, space), days)) return static_cast<datetime>(mql_fail(ERR_WRONG_STRING_DATE));
    if (!read_clock(all.substr(space + 1), seconds)) return static_cast<datetime>(mql_fail(ERR_WRONG_STRING_TIME));
  } else if (!read_date(all, days)) {
    if (!read_clock(all, seconds)) return static_cast<datetime>(mql_fail(ERR_NO_STRING_DATE));
    days = static_cast<long>(TimeLocal()) / day_seconds;
  }
  return static_cast<datetime>(days * day_seconds + seconds);
}

datetime TimeGMT() { return static_cast<datetime>(clock_in_use().utc_msc() / 1000); }
datetime TimeGMT(MqlDateTime &parts) {
  const datetime now = TimeGMT();
  TimeToStruct(now, parts);
  return now;
}
datetime TimeLocal() { return static_cast<datetime>(static_cast<long>(TimeGMT()) + local_now().tm_gmtoff); }
datetime TimeLocal(MqlDateTime &parts) {
  const datetime now = TimeLocal();
  TimeToStruct(now, parts);
  return now;
}
int TimeGMTOffset() { return static_cast<int>(-local_now().tm_gmtoff); }
int TimeDaylightSavings() { return local_now().tm_isdst > 0 ? -3600 : 0; }
ulong GetTickCount64() { return static_cast<ulong>(clock_in_use().monotonic_usc() / 1000); }
uint GetTickCount() { return static_cast<uint>(GetTickCount64()); }
ulong GetMicrosecondCount() {
  const long start = program_start();
  return static_cast<ulong>(clock_in_use().monotonic_usc() - start);
}
void Sleep(int milliseconds) {
  if (milliseconds > 0) clock_in_use().sleep_msc(milliseconds);
}
void mql_use_clock(const mql_clock &clock) { clock_in_use() = clock; }
