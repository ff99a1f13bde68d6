// The program: its handlers, its inputs, the command line that started it.
#pragma once
#include <string>
#include <vector>

#include "convert.h"
#include "critical.h"
#include "enum.h"

struct MqlTradeTransaction;
struct MqlTradeRequest;
struct MqlTradeResult;

MQL_ENUM(ENUM_INIT_RETCODE, INIT_SUCCEEDED = 0, INIT_FAILED = 1, INIT_PARAMETERS_INCORRECT = 2, INIT_AGENT_NOT_SUITABLE = 3)
MQL_ENUM(ENUM_DATATYPE, TYPE_BOOL = 1, TYPE_CHAR, TYPE_UCHAR, TYPE_SHORT, TYPE_USHORT, TYPE_COLOR, TYPE_INT, TYPE_UINT, TYPE_DATETIME, TYPE_LONG, TYPE_ULONG, TYPE_FLOAT, TYPE_DOUBLE, TYPE_STRING)
enum { REASON_PROGRAM, REASON_REMOVE, REASON_RECOMPILE, REASON_CHARTCHANGE, REASON_CHARTCLOSE, REASON_PARAMETERS, REASON_ACCOUNT, REASON_TEMPLATE, REASON_INITFAILED, REASON_CLOSE };

// What the program handles; a null member is not handled.
struct mql_handlers {
  const char *name = "";
  int (*OnInit)() = nullptr;
  void (*OnDeinit)(const int reason) = nullptr;
  void (*OnTick)() = nullptr;
  void (*OnTimer)() = nullptr;
  void (*OnTrade)() = nullptr;
  void (*OnStart)() = nullptr;
  void (*OnTradeTransaction)(const MqlTradeTransaction &, const MqlTradeRequest &, const MqlTradeResult &) = nullptr;
  void (*OnChartEvent)(const int id, const long &whole, const double &real, const string &text) = nullptr;
  void (*OnBookEvent)(const string &symbol) = nullptr;
  double (*OnTester)() = nullptr;
};
int mql_register(const mql_handlers &handlers);
const mql_handlers &mql_registered_handlers();
// Base name without extension.
const std::string &mql_program_name();

// Becomes true when the terminal wants the program to end.
extern bool _StopFlag;
inline bool IsStopped() { return _StopFlag; }

// The command line is there before main(), because inputs and globals of the program are made before it.
const std::string *mql_option(const std::string &name);
std::vector<std::string> mql_option_list(const std::string &name);

// The value that `--input NAME=value` gives, or null.
const string *mql_input_text(const char *name);
// Names given by --input that the program has no input for.
std::vector<std::string> mql_unknown_inputs();
[[noreturn]] void mql_input_unreadable(const char *name, const string &text);
// A whole text that is a number; false otherwise.
bool mql_whole_number(const string &text, long &value);
bool mql_real_number(const string &text, double &value);

template <class T, class D> T mql_input(const char *name, const D &value_by_default) {
  const string *given = mql_input_text(name);
  if (!given) return static_cast<T>(value_by_default);
  long whole = 0;
  double real = 0;
  if constexpr (std::is_same_v<T, string>) {
    return *given;
  } else if constexpr (std::is_same_v<T, bool>) {
    if (*given == u"true"_mql || *given == u"false"_mql) return *given == u"true"_mql;
    if (mql_whole_number(*given, whole)) return whole != 0;
  } else if constexpr (std::is_same_v<T, datetime>) {
    if (mql_whole_number(*given, whole)) return static_cast<datetime>(whole);
    return StringToTime(*given);
  } else if constexpr (std::is_same_v<T, color>) {
    return mql_whole_number(*given, whole) ? static_cast<color>(whole) : StringToColor(*given);
  } else if constexpr (std::is_enum_v<T>) {
    if (mql_whole_number(*given, whole)) return static_cast<T>(whole);
    if (mql_enum_names(T{}).value_of(*given, whole)) return static_cast<T>(whole);
  } else if constexpr (std::is_floating_point_v<T>) {
    if (mql_real_number(*given, real)) return static_cast<T>(real);
  } else {
    if (mql_whole_number(*given, whole)) return static_cast<T>(whole);
  }
  mql_input_unreadable(name, *given);
}
