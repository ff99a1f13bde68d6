// CryptEncode and CryptDecode.
#pragma once
#include <string>

#include "array.h"
#include "enum.h"
#include "errors.h"

MQL_ENUM(ENUM_CRYPT_METHOD, CRYPT_BASE64, CRYPT_AES128, CRYPT_AES256, CRYPT_DES, CRYPT_HASH_SHA1, CRYPT_HASH_SHA256, CRYPT_HASH_MD5, CRYPT_ARCH_ZIP)

// Bytes in and out; false with an error code when the method or the key does not fit.
bool mql_encrypt(ENUM_CRYPT_METHOD method, const std::string &data, const std::string &key, std::string &result);
bool mql_decrypt(ENUM_CRYPT_METHOD method, const std::string &data, const std::string &key, std::string &result);

template <class C> std::string mql_bytes_in(const mql_array<C> &array) {
  static_assert(sizeof(C) == 1, "an array of bytes is wanted");
  return std::string(reinterpret_cast<const char *>(array.data()), static_cast<size_t>(array.count()));
}
template <class C> int mql_bytes_out(const std::string &bytes, mql_array<C> &array) {
  static_assert(sizeof(C) == 1, "an array of bytes is wanted");
  if (!array.resize(static_cast<int>(bytes.size()))) {
    mql_fail(ERR_INVALID_ARRAY);
    return 0;
  }
  for (size_t i = 0; i < bytes.size(); i++) array.data()[i] = static_cast<C>(bytes[i]);
  return static_cast<int>(bytes.size());
}

// The number of bytes in `result`; 0 with an error code.
template <class A, class B, class C> int CryptEncode(ENUM_CRYPT_METHOD method, const mql_array<A> &data, const mql_array<B> &key, mql_array<C> &result) {
  std::string bytes;
  return mql_encrypt(method, mql_bytes_in(data), mql_bytes_in(key), bytes) ? mql_bytes_out(bytes, result) : 0;
}
template <class A, class B, class C> int CryptDecode(ENUM_CRYPT_METHOD method, const mql_array<A> &data, const mql_array<B> &key, mql_array<C> &result) {
  std::string bytes;
  return mql_decrypt(method, mql_bytes_in(data), mql_bytes_in(key), bytes) ? mql_bytes_out(bytes, result) : 0;
}
