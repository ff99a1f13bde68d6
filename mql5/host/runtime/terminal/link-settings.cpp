#include "link-settings.h"

#include <functional>
#include <map>

namespace terminal {
namespace {

using setters = std::map<std::string, std::function<void(const std::string &)>>;

std::function<void(const std::string &)> to(double &target) {
  return [&target](const std::string &value) { target = parse_number(value); };
}
std::function<void(const std::string &)> to(long &target) {
  return [&target](const std::string &value) { target = parse_integer(value); };
}
std::function<void(const std::string &)> to(int &target) {
  return [&target](const std::string &value) { target = static_cast<int>(parse_integer(value)); };
}
std::function<void(const std::string &)> to(bool &target) {
  return [&target](const std::string &value) { target = value == "1"; };
}
std::function<void(const std::string &)> to(std::string &target) {
  return [&target](const std::string &value) { target = value; };
}

void read_pairs(const link_fields &line, size_t first, const setters &keys) {
  for (size_t i = first; i < line.count(); i++) {
    const std::string &pair = line.text(i);
    const size_t equals = pair.find('=');
    if (equals == std::string::npos) continue;
    const auto key = keys.find(pair.substr(0, equals));
    const std::string value = pair.substr(equals + 1);
    // An absent value leaves what stands there.
    if (key != keys.end() && !value.empty()) key->second(value);
  }
}

}  // namespace

void read_account(const link_fields &line, size_t first, account_state &account) {
  const setters keys = {
      {"login", to(account.login)},
      {"name", to(account.name)},
      {"server", to(account.server)},
      {"company", to(account.company)},
      {"currency", to(account.currency)},
      {"currency_digits", to(account.currency_digits)},
      {"leverage", to(account.leverage)},
      {"trade_mode", to(account.trade_mode)},
      {"margin_mode", to(account.margin_mode)},
      {"so_mode", to(account.so_mode)},
      {"so_call", to(account.so_call)},
      {"so_so", to(account.so_so)},
      {"balance", to(account.balance)},
      {"credit", to(account.credit)},
      {"equity", to(account.equity)},
      {"margin", to(account.margin)},
      {"trade_allowed", to(account.trade_allowed)},
      {"trade_expert", to(account.trade_expert)},
      {"limit_orders", to(account.limit_orders)},
  };
  read_pairs(line, first, keys);
}

void read_specification(const link_fields &line, size_t first, symbol_specification &spec) {
  const setters keys = {
      {"digits", to(spec.digits)},
      {"point", to(spec.point)},
      {"trade_tick_size", to(spec.tick_size)},
      {"trade_tick_value", to(spec.tick_value)},
      {"contract_size", to(spec.contract_size)},
      {"volume_min", to(spec.volume_min)},
      {"volume_max", to(spec.volume_max)},
      {"volume_step", to(spec.volume_step)},
      {"volume_limit", to(spec.volume_limit)},
      {"stops_level", to(spec.stops_level)},
      {"freeze_level", to(spec.freeze_level)},
      {"exemode", to(spec.execution)},
      {"filling_mode", to(spec.filling_mode)},
      {"expiration_mode", to(spec.expiration_mode)},
      {"order_mode", to(spec.order_mode)},
      {"trade_mode", to(spec.trade_mode)},
      {"calc_mode", to(spec.calc_mode)},
      {"currency_base", to(spec.currency_base)},
      {"currency_profit", to(spec.currency_profit)},
      {"currency_margin", to(spec.currency_margin)},
      {"swap_mode", to(spec.swap_mode)},
      {"swap_long", to(spec.swap_long)},
      {"swap_short", to(spec.swap_short)},
      {"swap_rollover3days", to(spec.swap_rollover3days)},
      {"margin_initial", to(spec.margin_initial)},
      {"margin_maintenance", to(spec.margin_maintenance)},
      {"margin_hedged", to(spec.margin_hedged)},
      {"description", to(spec.description)},
      {"path", to(spec.path)},
      {"session_from", to(spec.session_from)},
      {"session_to", to(spec.session_to)},
      {"session_days", to(spec.session_days)},
  };
  read_pairs(line, first, keys);
}

}  // namespace terminal
