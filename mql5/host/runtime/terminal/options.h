// The command line of the terminal process.
#pragma once
#include <string>
#include <vector>

namespace terminal {

struct options {
  std::string link_host;
  int link_port = 0;
  std::string login, password;
  std::string symbol;
  // A value of ENUM_TIMEFRAMES.
  int period = 0;
  std::string files, common;
  std::vector<std::string> allowed_urls;
  bool allow_trading = true;
  // MetaTrader on Windows fires no faster than every 10 to 16 ms: tests of that set 16 here.
  long timer_floor_msc = 0;
  // How long the program waits at its start for the account's state.
  long sync_timeout_msc = 10000;
  // How long a ping to the server may stay without any answer; a third of it lies between two pings.
  long link_silence_msc = 15000;
  // How long OrderSend waits for the server's answer.
  long order_timeout_msc = 30000;
  std::string ticks_file;
  // Rows of the ticks file before this time only make history, as the Strategy Tester has it before its first day.
  long tester_from_msc = 0;
  int digits = 5;
  bool tester_network = false;
  int socket_chunk = 0;
  // "POINT" or "POINT:n": the process ends itself by SIGKILL at the n-th passing.
  std::string die_at;
};

// Read once; a mistake is noted on stderr and ends the process with code 2.
const options &given_options();

// Ends the process by SIGKILL when --die-at names this point.
void die_here_if_asked(const char *point);

}  // namespace terminal

// Whether the EA runs over recorded ticks instead of a trade server.
bool mql_tester();
// Whether sockets and WebRequest work: not in the tester, unless --tester-network is given.
bool mql_network_allowed();
// Whether the person allowed this host or address (--allow-url), as the list in the terminal's options does.
bool mql_url_allowed(const std::string &host_or_url);
// The most bytes that one SocketSend passes on; 0 = no limit.
int mql_socket_chunk();
