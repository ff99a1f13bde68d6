// Everything the terminal knows: the account, its market and its trade.
#pragma once
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "records.h"
#include "symbol.h"
#include "ticket-table.h"

namespace terminal {

struct account_state {
  long login = 0;
  std::string name, server, company, currency = "USD";
  long currency_digits = 2, leverage = 100, trade_mode = 0, margin_mode = 2, so_mode = 0, limit_orders = 0;
  double so_call = 0, so_so = 0, balance = 0, credit = 0, equity = 0, margin = 0;
  bool trade_allowed = true, trade_expert = true;
};

struct trade_state {
  ticket_table<order_record> orders;
  ticket_table<position_record> positions;
  ticket_table<order_record> history_orders;
  ticket_table<deal_record> deals;
};

class market_state {
 public:
  // The symbol, made when it is new.
  symbol &named(const std::string &name);
  symbol *find(const std::string &name);
  const std::vector<std::unique_ptr<symbol>> &all() const { return symbols_; }

 private:
  // In the server's order, which is the order of the Market Watch.
  std::vector<std::unique_ptr<symbol>> symbols_;
  std::unordered_map<std::string, symbol *> by_name_;
};

struct terminal_state {
  account_state account;
  market_state market;
  trade_state trade;
};

terminal_state &state();

}  // namespace terminal
