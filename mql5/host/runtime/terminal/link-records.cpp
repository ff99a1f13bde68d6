#include "link-records.h"

namespace terminal {
namespace {

// Takes the fields one after another: the order of the calls is the order of the fields.
class cursor {
 public:
  cursor(const link_fields &line, size_t first) : line_(line), next_(first) {}
  std::string text() { return line_.text(next_++); }
  long integer() { return line_.integer(next_++); }
  ulong ticket() { return line_.ticket(next_++); }
  double number() { return line_.number(next_++); }

 private:
  const link_fields &line_;
  size_t next_;
};

datetime seconds(long time_msc) { return datetime(time_msc / 1000); }

}  // namespace

order_record read_order(const link_fields &line) {
  cursor at(line, 1);
  order_record order;
  order.ticket = at.ticket();
  order.symbol = at.text();
  order.type = at.integer();
  order.state = at.integer();
  order.volume_initial = at.number();
  order.volume_current = at.number();
  order.price_open = at.number();
  order.price_stoplimit = at.number();
  order.sl = at.number();
  order.tp = at.number();
  order.price_current = at.number();
  order.type_filling = at.integer();
  order.type_time = at.integer();
  order.expiration = at.integer();
  order.magic = static_cast<long>(at.ticket());
  order.position_id = at.ticket();
  order.position_by_id = at.ticket();
  order.reason = at.integer();
  order.comment = at.text();
  order.time_setup = at.integer();
  order.time_done = at.integer();
  return order;
}

position_record read_position(const link_fields &line) {
  cursor at(line, 1);
  position_record position;
  position.ticket = at.ticket();
  position.identifier = at.ticket();
  position.symbol = at.text();
  position.type = at.integer();
  position.volume = at.number();
  position.price_open = at.number();
  position.sl = at.number();
  position.tp = at.number();
  position.price_current = at.number();
  position.swap = at.number();
  position.profit = at.number();
  position.magic = static_cast<long>(at.ticket());
  position.reason = at.integer();
  position.comment = at.text();
  position.time = at.integer();
  position.time_update = at.integer();
  return position;
}

deal_record read_deal(const link_fields &line) {
  cursor at(line, 1);
  deal_record deal;
  deal.ticket = at.ticket();
  deal.order = at.ticket();
  deal.position_id = at.ticket();
  deal.symbol = at.text();
  deal.type = at.integer();
  deal.entry = at.integer();
  deal.reason = at.integer();
  deal.volume = at.number();
  deal.price = at.number();
  deal.commission = at.number();
  deal.fee = at.number();
  deal.swap = at.number();
  deal.profit = at.number();
  deal.magic = static_cast<long>(at.ticket());
  deal.comment = at.text();
  deal.time = at.integer();
  deal.sl = at.number();
  deal.tp = at.number();
  return deal;
}

MqlTick read_quote(const link_fields &line) {
  cursor at(line, 2);
  MqlTick tick;
  tick.time_msc = at.integer();
  tick.time = seconds(tick.time_msc);
  tick.bid = at.number();
  tick.ask = at.number();
  tick.last = at.number();
  tick.volume_real = at.number();
  tick.volume = static_cast<ulong>(tick.volume_real);
  tick.flags = static_cast<uint>(at.integer());
  return tick;
}

MqlRates read_minute(const link_fields &line) {
  cursor at(line, 2);
  MqlRates bar;
  bar.time = seconds(at.integer());
  bar.open = at.number();
  bar.high = at.number();
  bar.low = at.number();
  bar.close = at.number();
  bar.tick_volume = at.integer();
  bar.spread = static_cast<int>(at.integer());
  bar.real_volume = at.integer();
  return bar;
}

MqlTradeTransaction read_transaction(const link_fields &line) {
  cursor at(line, 1);
  MqlTradeTransaction t;
  t.type = ENUM_TRADE_TRANSACTION_TYPE(at.integer());
  t.deal = at.ticket();
  t.order = at.ticket();
  t.symbol = string(at.text());
  t.order_type = ENUM_ORDER_TYPE(at.integer());
  t.order_state = ENUM_ORDER_STATE(at.integer());
  t.deal_type = ENUM_DEAL_TYPE(at.integer());
  t.time_type = ENUM_ORDER_TYPE_TIME(at.integer());
  t.time_expiration = seconds(at.integer());
  t.price = at.number();
  t.price_trigger = at.number();
  t.price_sl = at.number();
  t.price_tp = at.number();
  t.volume = at.number();
  t.position = at.ticket();
  t.position_by = at.ticket();
  return t;
}

MqlTradeResult read_result(const link_fields &line) {
  cursor at(line, 1);
  MqlTradeResult result;
  result.request_id = static_cast<uint>(at.integer());
  result.retcode = static_cast<uint>(at.integer());
  result.deal = at.ticket();
  result.order = at.ticket();
  result.volume = at.number();
  result.price = at.number();
  result.bid = at.number();
  result.ask = at.number();
  result.comment = string(at.text());
  result.retcode_external = static_cast<int>(at.integer());
  return result;
}

std::string request_text(const MqlTradeRequest &request) {
  const std::string fields[] = {
      std::to_string(request.action),
      std::to_string(request.magic),
      std::to_string(request.order),
      escaped(request.symbol.utf8()),
      number_text(request.volume),
      number_text(request.price),
      number_text(request.stoplimit),
      number_text(request.sl),
      number_text(request.tp),
      std::to_string(request.deviation),
      std::to_string(request.type),
      std::to_string(request.type_filling),
      std::to_string(request.type_time),
      // The link carries times in milliseconds; 0 means that there is none, and travels as absent.
      request.expiration == datetime(0) ? std::string() : std::to_string(static_cast<long>(request.expiration) * 1000),
      escaped(request.comment.utf8()),
      std::to_string(request.position),
      std::to_string(request.position_by),
  };
  std::string text;
  for (const std::string &field : fields) text += '\t' + field;
  return text;
}

}  // namespace terminal
