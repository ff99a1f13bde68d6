// WebRequest of MQL5, both forms, over plain HTTP. https://www.mql5.com/en/docs/network/webrequest
#pragma once

#include <cstring>

#include "../language/array.h"
#include "../language/string.h"
#include "../language/types.h"

/**
 * The HTTP status; -1 with _LastError where there was no answer, and 1001 where none came in time, as newer builds of the
 * terminal tell it (a program must take every status outside 100 to 599 for "no answer").
 */
int mql_web_request(const string &method, const string &url, const std::string &headers, int timeout_ms, const void *data,
                    size_t length, std::string &body, string &result_headers);

/** The headers of the form that takes a cookie and a referer. */
std::string mql_web_form_headers(const string &cookie, const string &referer);

template <class T>
void mql_web_result(mql_array<T> &result, const std::string &body) {
  static_assert(sizeof(T) == 1, "WebRequest fills an array of bytes");
  if (result.resize(static_cast<int>(body.size())) && !body.empty()) {
    std::memcpy(result.data(), body.data(), body.size());
  }
}

template <class T, class U>
int WebRequest(const string &method, const string &url, const string &headers, int timeout, const mql_array<T> &data,
               mql_array<U> &result, string &result_headers) {
  std::string body;
  const int status = mql_web_request(method, url, headers.utf8(), timeout, data.data(),
                                     static_cast<size_t>(data.count()), body, result_headers);
  mql_web_result(result, body);
  return status;
}

template <class T, class U>
int WebRequest(const string &method, const string &url, const string &cookie, const string &referer, int timeout,
               const mql_array<T> &data, int data_size, mql_array<U> &result, string &result_headers) {
  const int length = data_size < 0 || data_size > data.count() ? data.count() : data_size;
  std::string body;
  const int status = mql_web_request(method, url, mql_web_form_headers(cookie, referer), timeout, data.data(),
                                     static_cast<size_t>(length), body, result_headers);
  mql_web_result(result, body);
  return status;
}
