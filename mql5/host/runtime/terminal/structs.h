// The structures that market, series and trade functions fill.
#pragma once
#include "../language/string.h"
#include "../language/types.h"
#include "enums.h"

struct MqlTick {
  datetime time = datetime(0);
  double bid = 0, ask = 0, last = 0;
  ulong volume = 0;
  long time_msc = 0;
  uint flags = 0;
  double volume_real = 0;
  MQL_ARROW(MqlTick)
};

struct MqlRates {
  datetime time = datetime(0);
  double open = 0, high = 0, low = 0, close = 0;
  long tick_volume = 0;
  int spread = 0;
  long real_volume = 0;
  MQL_ARROW(MqlRates)
};

struct MqlBookInfo {
  ENUM_BOOK_TYPE type = ENUM_BOOK_TYPE(0);
  double price = 0;
  long volume = 0;
  double volume_real = 0;
  MQL_ARROW(MqlBookInfo)
};

struct MqlTradeRequest {
  ENUM_TRADE_REQUEST_ACTIONS action = ENUM_TRADE_REQUEST_ACTIONS(0);
  ulong magic = 0, order = 0;
  string symbol;
  double volume = 0, price = 0, stoplimit = 0, sl = 0, tp = 0;
  ulong deviation = 0;
  ENUM_ORDER_TYPE type = ORDER_TYPE_BUY;
  ENUM_ORDER_TYPE_FILLING type_filling = ORDER_FILLING_FOK;
  ENUM_ORDER_TYPE_TIME type_time = ORDER_TIME_GTC;
  datetime expiration = datetime(0);
  string comment;
  ulong position = 0, position_by = 0;
  MQL_ARROW(MqlTradeRequest)
};

struct MqlTradeResult {
  uint retcode = 0;
  ulong deal = 0, order = 0;
  double volume = 0, price = 0, bid = 0, ask = 0;
  string comment;
  uint request_id = 0;
  int retcode_external = 0;
  MQL_ARROW(MqlTradeResult)
};

struct MqlTradeCheckResult {
  uint retcode = 0;
  double balance = 0, equity = 0, profit = 0, margin = 0, margin_free = 0, margin_level = 0;
  string comment;
  MQL_ARROW(MqlTradeCheckResult)
};

struct MqlTradeTransaction {
  ulong deal = 0, order = 0;
  string symbol;
  ENUM_TRADE_TRANSACTION_TYPE type = TRADE_TRANSACTION_ORDER_ADD;
  ENUM_ORDER_TYPE order_type = ORDER_TYPE_BUY;
  ENUM_ORDER_STATE order_state = ORDER_STATE_STARTED;
  ENUM_DEAL_TYPE deal_type = DEAL_TYPE_BUY;
  ENUM_ORDER_TYPE_TIME time_type = ORDER_TIME_GTC;
  datetime time_expiration = datetime(0);
  double price = 0, price_trigger = 0, price_sl = 0, price_tp = 0, volume = 0;
  ulong position = 0, position_by = 0;
  MQL_ARROW(MqlTradeTransaction)
};
