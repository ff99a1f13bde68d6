#include "account.h"

#include "calculation.h"
#include "wait.h"

long AccountInfoInteger(ENUM_ACCOUNT_INFO_INTEGER property) {
  terminal::refresh();
  const terminal::account_state &account = terminal::state().account;
  switch (property) {
    case ACCOUNT_LOGIN: return account.login;
    case ACCOUNT_TRADE_MODE: return account.trade_mode;
    case ACCOUNT_LEVERAGE: return account.leverage;
    case ACCOUNT_LIMIT_ORDERS: return account.limit_orders;
    case ACCOUNT_MARGIN_SO_MODE: return account.so_mode;
    case ACCOUNT_TRADE_ALLOWED: return account.trade_allowed;
    case ACCOUNT_TRADE_EXPERT: return account.trade_expert;
    case ACCOUNT_MARGIN_MODE: return account.margin_mode;
    case ACCOUNT_CURRENCY_DIGITS: return account.currency_digits;
    case ACCOUNT_FIFO_CLOSE: return 0;
    case ACCOUNT_HEDGE_ALLOWED: return account.margin_mode == ACCOUNT_MARGIN_MODE_RETAIL_HEDGING;
  }
  return 0;
}

double AccountInfoDouble(ENUM_ACCOUNT_INFO_DOUBLE property) {
  terminal::refresh();
  const terminal::account_state &account = terminal::state().account;
  switch (property) {
    case ACCOUNT_BALANCE: return account.balance;
    case ACCOUNT_CREDIT: return account.credit;
    case ACCOUNT_PROFIT: return terminal::value_account().profit;
    case ACCOUNT_EQUITY: return terminal::value_account().equity;
    case ACCOUNT_MARGIN: return account.margin;
    case ACCOUNT_MARGIN_FREE: return terminal::value_account().margin_free;
    case ACCOUNT_MARGIN_LEVEL: return terminal::value_account().margin_level;
    case ACCOUNT_MARGIN_SO_CALL: return account.so_call;
    case ACCOUNT_MARGIN_SO_SO: return account.so_so;
    default: return 0;
  }
}

string AccountInfoString(ENUM_ACCOUNT_INFO_STRING property) {
  terminal::refresh();
  const terminal::account_state &account = terminal::state().account;
  switch (property) {
    case ACCOUNT_NAME: return string(account.name);
    case ACCOUNT_COMPANY: return string(account.company);
    case ACCOUNT_SERVER: return string(account.server);
    case ACCOUNT_CURRENCY: return string(account.currency);
  }
  return string("");
}
