const table = /* @__PURE__ */ Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
  return c;
});

/**
 * The cyclic redundancy check CRC-32/ISO-HDLC (that of gzip and PNG) of some bytes; pass the last result to go on.
 * Node has one of its own only from version 22 on.
 */
export const crc32 = (bytes: Uint8Array, from = 0, to = bytes.length, seed = 0): number => {
  let c = ~seed;
  for (let i = from; i < to; i++) c = (c >>> 8) ^ (table[(c ^ (bytes[i] as number)) & 0xff] as number);
  return ~c >>> 0;
};
