#include "options.h"

#include <csignal>
#include <cstdlib>
#include <map>
#include <unistd.h>

#include "../language/print.h"
#include "../language/program.h"
#include "timeframe.h"

namespace terminal {
namespace {

std::string text_of(const char *name, const std::string &otherwise) {
  const std::string *given = mql_option(name);
  return given ? *given : otherwise;
}

long number_of(const char *name, long otherwise) {
  const std::string *given = mql_option(name);
  if (!given) return otherwise;
  char *end = nullptr;
  const long value = std::strtol(given->c_str(), &end, 10);
  if (given->empty() || *end != '\0') {
    mql_note(std::string(name) + " wants a number, got '" + *given + "'");
    std::exit(2);
  }
  return value;
}

void read_link(options &read) {
  const std::string address = text_of("--link", "");
  if (address.empty()) return;
  const size_t colon = address.rfind(':');
  read.link_host = address.substr(0, colon);
  read.link_port = colon == std::string::npos ? 0 : std::atoi(address.c_str() + colon + 1);
  if (read.link_port <= 0 || read.link_port > 65535) {
    mql_note("--link wants HOST:PORT, got '" + address + "'");
    std::exit(2);
  }
}

options read_options() {
  options read;
  read_link(read);
  read.login = text_of("--login", "5000001");
  read.password = text_of("--password", "");
  read.symbol = text_of("--symbol", "EURUSD");
  const std::string period = text_of("--period", "M15");
  read.period = timeframe_named(period);
  if (read.period == 0) {
    mql_note("--period wants M1 … MN1, got '" + period + "'");
    std::exit(2);
  }
  read.files = text_of("--files", "");
  read.common = text_of("--common", "");
  read.allowed_urls = mql_option_list("--allow-url");
  read.allow_trading = number_of("--allow-trading", 1) != 0;
  read.timer_floor_msc = number_of("--timer-floor", read.timer_floor_msc);
  read.sync_timeout_msc = number_of("--sync-timeout", read.sync_timeout_msc);
  read.link_silence_msc = number_of("--link-silence", read.link_silence_msc);
  read.order_timeout_msc = number_of("--order-timeout", read.order_timeout_msc);
  read.ticks_file = text_of("--ticks", "");
  read.tester_from_msc = number_of("--tester-from", 0);
  read.digits = static_cast<int>(number_of("--digits", read.digits));
  read.tester_network = number_of("--tester-network", 0) != 0;
  read.socket_chunk = static_cast<int>(number_of("--socket-chunk", 0));
  read.die_at = text_of("--die-at", "");
  if (read.link_host.empty() && read.ticks_file.empty()) {
    mql_note("neither --link HOST:PORT nor --ticks FILE was given");
    std::exit(2);
  }
  return read;
}

// "https://api.example.com:8080/path" -> "api.example.com"
std::string host_of(const std::string &host_or_url) {
  const size_t scheme = host_or_url.find("://");
  const size_t from = scheme == std::string::npos ? 0 : scheme + 3;
  const size_t to = host_or_url.find_first_of(":/", from);
  return host_or_url.substr(from, to == std::string::npos ? std::string::npos : to - from);
}

}  // namespace

const options &given_options() {
  static const options &read = *new options(read_options());
  return read;
}

void die_here_if_asked(const char *point) {
  const std::string &asked = given_options().die_at;
  if (asked.empty()) return;
  const size_t colon = asked.find(':');
  if (asked.compare(0, colon, point) != 0) return;
  static long passed = 0;
  const long wanted = colon == std::string::npos ? 1 : std::atol(asked.c_str() + colon + 1);
  if (++passed >= wanted) kill(getpid(), SIGKILL);
}

}  // namespace terminal

bool mql_tester() { return !terminal::given_options().ticks_file.empty(); }

bool mql_network_allowed() { return !mql_tester() || terminal::given_options().tester_network; }

bool mql_url_allowed(const std::string &host_or_url) {
  const std::string wanted = terminal::host_of(host_or_url);
  for (const std::string &allowed : terminal::given_options().allowed_urls)
    if (terminal::host_of(allowed) == wanted) return true;
  return false;
}

int mql_socket_chunk() { return terminal::given_options().socket_chunk; }
