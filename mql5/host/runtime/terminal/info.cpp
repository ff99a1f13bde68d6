#include "info.h"

#include <thread>
#include <unistd.h>

#include "../language/program.h"
#include "../language/time.h"
#include "boot.h"
#include "clock.h"
#include "life.h"
#include "link.h"
#include "lookup.h"
#include "options.h"
#include "wait.h"

namespace terminal {
namespace {

bool is_script() { return mql_registered_handlers().OnStart != nullptr; }

long memory_mb(int what) { return sysconf(what) / 1024 * sysconf(_SC_PAGESIZE) / 1024; }

}  // namespace

string chart_symbol_name() {
  boot();
  return string(given_options().symbol);
}

int chart_digits() {
  const symbol *of = chart_symbol();
  return of ? of->spec.digits : 5;
}

double chart_point() {
  const symbol *of = chart_symbol();
  return of ? of->spec.point : 0.00001;
}

}  // namespace terminal

string Symbol() { return terminal::chart_symbol_name(); }
ENUM_TIMEFRAMES Period() { return ENUM_TIMEFRAMES(terminal::given_options().period); }
int Digits() { return terminal::chart_digits(); }
double Point() { return terminal::chart_point(); }
int UninitializeReason() { return _UninitReason; }

long TerminalInfoInteger(ENUM_TERMINAL_INFO_INTEGER property) {
  terminal::refresh();
  switch (property) {
    case TERMINAL_BUILD: return terminal::terminal_build;
    case TERMINAL_CONNECTED: return mql_tester() || terminal::link_synced();
    case TERMINAL_TRADE_ALLOWED: return terminal::given_options().allow_trading;
    case TERMINAL_MAXBARS: return 100000;
    case TERMINAL_PING_LAST: return terminal::link_round_trip_usc();
    case TERMINAL_X64: return 1;
    case TERMINAL_CPU_CORES: return static_cast<long>(std::thread::hardware_concurrency());
    case TERMINAL_MEMORY_PHYSICAL: return terminal::memory_mb(_SC_PHYS_PAGES);
    case TERMINAL_MEMORY_AVAILABLE: return terminal::memory_mb(_SC_AVPHYS_PAGES);
    case TERMINAL_SCREEN_DPI: return 96;
    default: return 0;
  }
}

double TerminalInfoDouble(ENUM_TERMINAL_INFO_DOUBLE) { return 0; }

string TerminalInfoString(ENUM_TERMINAL_INFO_STRING property) {
  const terminal::options &given = terminal::given_options();
  switch (property) {
    case TERMINAL_COMPANY: return string("MikroBot");
    case TERMINAL_NAME: return string("MikroBot MQL5 host");
    case TERMINAL_LANGUAGE: return string("English");
    case TERMINAL_PATH:
    case TERMINAL_DATA_PATH: return string(given.files);
    case TERMINAL_COMMONDATA_PATH: return string(given.common);
  }
  return string("");
}

long MQLInfoInteger(ENUM_MQL_INFO_INTEGER property) {
  switch (property) {
    case MQL_PROGRAM_TYPE: return terminal::is_script() ? PROGRAM_SCRIPT : PROGRAM_EXPERT;
    case MQL_TRADE_ALLOWED: return terminal::given_options().allow_trading;
    case MQL_TESTER: return mql_tester();
    default: return 0;
  }
}

string MQLInfoString(ENUM_MQL_INFO_STRING property) {
  const string path(mql_registered_handlers().name);
  if (property == MQL_PROGRAM_PATH) return path;
  const std::string text = path.utf8();
  const size_t folder = text.find_last_of("/\\");
  const std::string file = folder == std::string::npos ? text : text.substr(folder + 1);
  return string(file.substr(0, file.find(".mq5")));
}

void ExpertRemove() { terminal::request_stop(REASON_PROGRAM, 0); }

bool TerminalClose(int exit_code) {
  terminal::request_stop(REASON_CLOSE, exit_code);
  return true;
}

datetime TimeCurrent() {
  terminal::refresh();
  const long newest = terminal::last_quote_msc();
  return datetime((newest > 0 ? newest : terminal::server_msc()) / 1000);
}

datetime TimeTradeServer() {
  terminal::refresh();
  return datetime(terminal::server_msc() / 1000);
}

datetime TimeCurrent(MqlDateTime &parts) {
  const datetime now = TimeCurrent();
  TimeToStruct(now, parts);
  return now;
}

datetime TimeTradeServer(MqlDateTime &parts) {
  const datetime now = TimeTradeServer();
  TimeToStruct(now, parts);
  return now;
}

long ChartID() { return 1; }
string ChartSymbol(long) { return Symbol(); }
ENUM_TIMEFRAMES ChartPeriod(long) { return Period(); }
void ChartRedraw(long) {}
