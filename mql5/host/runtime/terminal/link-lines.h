// What each line of the trade server changes in the terminal.
#pragma once
#include "link-fields.h"
#include "state.h"

namespace terminal {

class link_lines {
 public:
  void connected();
  void disconnected() { synced_ = false; }
  void apply(const link_fields &line);

  bool synced() const { return synced_; }
  bool refused() const { return refused_; }

 private:
  // Where records go: until `synced` into a copy of their own, so that an EA never sees half a state.
  trade_state &records() { return synced_ ? state().trade : arriving_; }
  void apply_market(const std::string &name, const link_fields &line);
  bool apply_record(const std::string &name, const link_fields &line);
  void apply_quote(const link_fields &line);
  void finish_login(const link_fields &line);

  trade_state arriving_;
  bool synced_ = false, refused_ = false, refusal_noted_ = false;
};

}  // namespace terminal
