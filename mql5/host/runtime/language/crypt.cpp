#include "crypt.h"

#include "crypt-aes.h"
#include "crypt-hash.h"

namespace {
const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::string base64(const std::string &data) {
  std::string text;
  for (size_t i = 0; i < data.size(); i += 3) {
    uint bits = 0;
    const size_t given = data.size() - i < 3 ? data.size() - i : 3;
    for (size_t k = 0; k < 3; k++) bits = (bits << 8) | (k < given ? static_cast<uchar>(data[i + k]) : 0u);
    for (size_t k = 0; k < 4; k++) text += k <= given ? alphabet[(bits >> (18 - 6 * k)) & 63] : '=';
  }
  return text;
}

// False at a character that is not of the alphabet; a final zero of a text that was copied as bytes is allowed.
bool from_base64(const std::string &text, std::string &data) {
  uint bits = 0;
  int held = 0;
  for (const char letter : text) {
    if (letter == '=' || letter == '\0') break;
    if (letter == '\r' || letter == '\n') continue;
    const char *at = letter ? static_cast<const char *>(__builtin_strchr(alphabet, letter)) : nullptr;
    if (!at) return false;
    bits = (bits << 6) | static_cast<uint>(at - alphabet);
    held += 6;
    if (held < 8) continue;
    held -= 8;
    data += static_cast<char>((bits >> held) & 0xFF);
  }
  return true;
}

size_t key_length(ENUM_CRYPT_METHOD method) { return method == CRYPT_AES128 ? 16 : 32; }
}  // namespace

bool mql_encrypt(ENUM_CRYPT_METHOD method, const std::string &data, const std::string &key, std::string &result) {
  switch (method) {
    case CRYPT_BASE64: result = base64(data); return true;
    case CRYPT_HASH_SHA256: result = mql_sha256(data); return true;
    case CRYPT_HASH_SHA1: result = mql_sha1(data); return true;
    case CRYPT_HASH_MD5: result = mql_md5(data); return true;
    case CRYPT_AES128:
    case CRYPT_AES256:
      if (key.size() < key_length(method)) return mql_fail(ERR_INVALID_ARRAY);
      result = mql_aes_encrypt(data, key.substr(0, key_length(method)));
      return true;
    // DES and deflate are not part of this host.
    default: return mql_fail(ERR_INVALID_PARAMETER);
  }
}

bool mql_decrypt(ENUM_CRYPT_METHOD method, const std::string &data, const std::string &key, std::string &result) {
  switch (method) {
    case CRYPT_BASE64: return from_base64(data, result) || mql_fail(ERR_INVALID_PARAMETER);
    case CRYPT_AES128:
    case CRYPT_AES256:
      if (key.size() < key_length(method) || data.size() % 16 != 0) return mql_fail(ERR_INVALID_ARRAY);
      result = mql_aes_decrypt(data, key.substr(0, key_length(method)));
      return true;
    // A hash cannot be undone.
    default: return mql_fail(ERR_INVALID_PARAMETER);
  }
}
