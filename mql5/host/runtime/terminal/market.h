// Market information: https://www.mql5.com/en/docs/marketinformation
#pragma once
#include "../language/array.h"
#include "../language/time.h"
#include "structs.h"

int SymbolsTotal(bool selected);
string SymbolName(int index, bool selected);
bool SymbolSelect(const string &name, bool select);
bool SymbolExist(const string &name, bool &is_custom);
bool SymbolIsSynchronized(const string &name);

double SymbolInfoDouble(const string &name, ENUM_SYMBOL_INFO_DOUBLE property);
bool SymbolInfoDouble(const string &name, ENUM_SYMBOL_INFO_DOUBLE property, double &value);
long SymbolInfoInteger(const string &name, ENUM_SYMBOL_INFO_INTEGER property);
bool SymbolInfoInteger(const string &name, ENUM_SYMBOL_INFO_INTEGER property, long &value);
string SymbolInfoString(const string &name, ENUM_SYMBOL_INFO_STRING property);
bool SymbolInfoString(const string &name, ENUM_SYMBOL_INFO_STRING property, string &value);
bool SymbolInfoTick(const string &name, MqlTick &tick);
bool SymbolInfoMarginRate(const string &name, ENUM_ORDER_TYPE type, double &initial, double &maintenance);
bool SymbolInfoSessionQuote(const string &name, ENUM_DAY_OF_WEEK day, uint session, datetime &from, datetime &to);
bool SymbolInfoSessionTrade(const string &name, ENUM_DAY_OF_WEEK day, uint session, datetime &from, datetime &to);

// No symbol of this terminal has a depth of market.
bool MarketBookAdd(const string &name);
bool MarketBookRelease(const string &name);
bool MarketBookGet(const string &name, mql_array<MqlBookInfo> &book);
