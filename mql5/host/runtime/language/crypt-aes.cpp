#include "crypt-aes.h"

#include <array>
#include <cstdint>
#include <vector>

namespace {
using byte = uint8_t;
using block = std::array<byte, 16>;

byte doubled(byte x) { return static_cast<byte>((x << 1) ^ (x & 0x80 ? 0x1b : 0)); }
byte product(byte a, byte b) {
  byte sum = 0;
  for (; b; b >>= 1, a = doubled(a))
    if (b & 1) sum ^= a;
  return sum;
}

// The substitution box is the inverse in GF(2^8) and an affine map: computed once instead of listed.
struct boxes {
  byte forward[256];
  byte backward[256];
  boxes() {
    byte p = 1, q = 1;
    do {
      p = static_cast<byte>(p ^ doubled(p));
      q = static_cast<byte>(q ^ (q << 1));
      q = static_cast<byte>(q ^ (q << 2));
      q = static_cast<byte>(q ^ (q << 4));
      if (q & 0x80) q ^= 0x09;
      const auto turned = [&](int n) { return static_cast<byte>((q << n) | (q >> (8 - n))); };
      forward[p] = static_cast<byte>(q ^ turned(1) ^ turned(2) ^ turned(3) ^ turned(4) ^ 0x63);
    } while (p != 1);
    forward[0] = 0x63;
    for (int i = 0; i < 256; i++) backward[forward[i]] = static_cast<byte>(i);
  }
};
const boxes &box() {
  static const boxes table;
  return table;
}

std::vector<block> round_keys(const std::string &key) {
  const size_t words = key.size() / 4, rounds = words + 6;
  std::vector<byte> bytes(key.begin(), key.end());
  byte constant = 1;
  for (size_t i = words; i < 4 * (rounds + 1); i++) {
    byte next[4];
    for (size_t k = 0; k < 4; k++) next[k] = bytes[4 * (i - 1) + k];
    if (i % words == 0) {
      const byte first = next[0];
      for (size_t k = 0; k < 3; k++) next[k] = box().forward[next[k + 1]];
      next[3] = box().forward[first];
      next[0] ^= constant;
      constant = doubled(constant);
    } else if (words > 6 && i % words == 4) {
      for (byte &b : next) b = box().forward[b];
    }
    for (size_t k = 0; k < 4; k++) bytes.push_back(static_cast<byte>(bytes[4 * (i - words) + k] ^ next[k]));
  }
  std::vector<block> keys(rounds + 1);
  for (size_t r = 0; r <= rounds; r++)
    for (size_t k = 0; k < 16; k++) keys[r][k] = bytes[16 * r + k];
  return keys;
}

void add(block &state, const block &key) {
  for (size_t i = 0; i < 16; i++) state[i] ^= key[i];
}
// Row r of the state moves r columns to the left, or back.
void shift_rows(block &state, bool back) {
  const block old = state;
  for (size_t column = 0; column < 4; column++)
    for (size_t row = 0; row < 4; row++) {
      const size_t from = 4 * ((column + row) % 4) + row, to = 4 * column + row;
      if (back) state[from] = old[to];
      else state[to] = old[from];
    }
}
void mix_columns(block &state, const byte (&factors)[4]) {
  for (size_t column = 0; column < 16; column += 4) {
    byte mixed[4];
    for (size_t row = 0; row < 4; row++) {
      mixed[row] = 0;
      for (size_t k = 0; k < 4; k++) mixed[row] ^= product(state[column + k], factors[(k + 4 - row) % 4]);
    }
    for (size_t row = 0; row < 4; row++) state[column + row] = mixed[row];
  }
}
void encrypt(block &state, const std::vector<block> &keys) {
  add(state, keys[0]);
  for (size_t round = 1; round < keys.size(); round++) {
    for (byte &b : state) b = box().forward[b];
    shift_rows(state, false);
    if (round + 1 < keys.size()) mix_columns(state, {2, 3, 1, 1});
    add(state, keys[round]);
  }
}
void decrypt(block &state, const std::vector<block> &keys) {
  for (size_t round = keys.size() - 1; round > 0; round--) {
    add(state, keys[round]);
    if (round + 1 < keys.size()) mix_columns(state, {14, 11, 13, 9});
    shift_rows(state, true);
    for (byte &b : state) b = box().backward[b];
  }
  add(state, keys[0]);
}

template <class F> std::string each_block(std::string data, const std::string &key, F change) {
  data.resize((data.size() + 15) / 16 * 16);
  const std::vector<block> keys = round_keys(key);
  for (size_t at = 0; at < data.size(); at += 16) {
    block state;
    for (size_t i = 0; i < 16; i++) state[i] = static_cast<byte>(data[at + i]);
    change(state, keys);
    for (size_t i = 0; i < 16; i++) data[at + i] = static_cast<char>(state[i]);
  }
  return data;
}
}  // namespace

std::string mql_aes_encrypt(const std::string &data, const std::string &key) { return each_block(data, key, encrypt); }
std::string mql_aes_decrypt(const std::string &data, const std::string &key) { return each_block(data, key, decrypt); }
