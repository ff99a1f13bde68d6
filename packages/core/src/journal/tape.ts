import { MikroBotError } from '../errors/mikrobot-error.js';
import type { Tick } from '../model/tick.js';

/*
 * A tape is the ticks as a bot saw them, small enough to keep: about seven bytes each. All numbers are little-endian.
 *
 * head    "MBTP", version (1 byte), number of symbols (varint), each: length of its name (varint), name (UTF-8), price
 *         decimals (1 byte), volume decimals (1 byte); CRC-32 of all that (4 bytes)
 * block   payload length, ticks in it, number of its first tick, CRC-32 of these 12 bytes and the payload (4 bytes each);
 *         payload. A block can be read without those before it: every delta in it starts from zero.
 * tick    a byte of flags, then what they say is there:
 *           bit 0     another symbol than before: its index (varint)
 *           bits 1-2  time: 0 whole ms, 1 whole us, as the delta to the last tick's (zigzag varint); 2 as it is (float64)
 *           bits 3-4  seen: 0 as time; 1 whole us, as the delta to time (zigzag varint); 2 as it is
 *           bit 5     prices as they are (two float64); else in steps, bid as the delta to the symbol's last bid and spread
 *                     as the delta to its last spread (zigzag varints)
 *           bits 6-7  volume: 0 none, 1 in steps (varint), 2 as it is
 * What is off its grid is written as it is, so that every number comes back exactly (but -0 as 0).
 */

export const MAGIC = 0x5054424d;
export const VERSION = 1;
export const BLOCK_HEAD = 16;

export const SAME = 0;
export const GRID = 1;
export const RAW = 2;
export const TIME_SHIFT = 1;
export const SEEN_SHIFT = 3;
export const RAW_PRICES = 1 << 5;
export const VOLUME_SHIFT = 6;

/** A larger number of steps is written as it is, so that differences and their doubles stay exact integers. */
export const MAX_STEPS = 2 ** 50;
/** The same for times in us: the year 2112. */
export const MAX_MICROS = 2 ** 52;

/** What a tape says of a symbol. Decimals are 0 to 15; finer values are kept too, in more bytes. */
export interface TapeSymbol {
  readonly symbol: string;
  readonly priceDecimals: number;
  readonly volumeDecimals: number;
}

/** A tick with the clock's reading when the bot took it in, epoch ms. */
export interface TapeTick extends Tick {
  readonly seen: number;
}

/** The power of ten that turns prices into steps. */
export const powerOf = (decimals: number, symbol: string): number => {
  if (Number.isInteger(decimals) && decimals >= 0 && decimals <= 15) return 10 ** decimals;
  throw new MikroBotError('BAD_CONFIG', `${decimals} is not a number of decimals.`, {
    where: `tape, ${symbol}`,
    hint: 'Use 0 to 15.',
  });
};
