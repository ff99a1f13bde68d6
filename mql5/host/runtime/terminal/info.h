// The chart, the terminal and the running program: https://www.mql5.com/en/docs/check
#pragma once
#include "../language/time.h"
#include "structs.h"

namespace terminal {

// The build that the terminal claims to be.
inline constexpr int terminal_build = 4885;

string chart_symbol_name();
int chart_digits();
double chart_point();

}  // namespace terminal

string Symbol();
ENUM_TIMEFRAMES Period();
int Digits();
double Point();

// Inline variables are made before the globals of an EA that includes this file: their initialisers bring the
// terminal up, so that those globals may use it.
inline string _Symbol = terminal::chart_symbol_name();
inline ENUM_TIMEFRAMES _Period = Period();
inline int _Digits = terminal::chart_digits();
inline double _Point = terminal::chart_point();
inline int _UninitReason = 0;
int UninitializeReason();

long TerminalInfoInteger(ENUM_TERMINAL_INFO_INTEGER property);
double TerminalInfoDouble(ENUM_TERMINAL_INFO_DOUBLE property);
string TerminalInfoString(ENUM_TERMINAL_INFO_STRING property);
long MQLInfoInteger(ENUM_MQL_INFO_INTEGER property);
string MQLInfoString(ENUM_MQL_INFO_STRING property);

void ExpertRemove();
bool TerminalClose(int exit_code);

// The time of the newest quote, and the server's clock.
datetime TimeCurrent();
datetime TimeTradeServer();
datetime TimeCurrent(MqlDateTime &parts);
datetime TimeTradeServer(MqlDateTime &parts);

long ChartID();
string ChartSymbol(long chart = 0);
ENUM_TIMEFRAMES ChartPeriod(long chart = 0);
void ChartRedraw(long chart = 0);
