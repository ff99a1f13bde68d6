// The TCP connection to the trade server: lines out, lines in, never blocking.
#pragma once
#include <string>
#include <vector>

namespace terminal {

class link_connection {
 public:
  enum class state { closed, connecting, open };

  ~link_connection() { close(); }

  // Begins to connect; `serve` tells how it went.
  void dial(const std::string &host, int port);
  void close();

  state now() const { return state_; }
  int descriptor() const { return descriptor_; }
  // The events to wait for by poll().
  short wanted_events() const;

  void send_line(const std::string &line);
  // Moves what can be moved without waiting and gives the complete lines that arrived.
  // A lost connection is closed; the lines that came before its end are still given.
  std::vector<std::string> serve();

 private:
  bool finish_connecting();
  void write_out();
  bool read_in();
  std::vector<std::string> take_lines();

  int descriptor_ = -1;
  state state_ = state::closed;
  std::string outgoing_, incoming_;
};

}  // namespace terminal
