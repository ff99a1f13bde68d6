import type { Walker } from '../market.js';

/** A symbol that the simulated broker lists for the kill test. */
export interface Listed extends Walker {
  readonly symbol: string;
}

/** What is traded: prices of five digits and of three. */
export const listing: readonly Listed[] = [
  { symbol: 'EURUSD', start: 1.1, tickSize: 0.000_01, priceDecimals: 5 },
  { symbol: 'USDJPY', start: 150, tickSize: 0.001, priceDecimals: 3 },
];

/** A strategy, and what it trades. */
export interface Run {
  readonly owner: string;
  readonly symbol: string;
}

const alone: readonly Run[] = [
  { owner: 'ada', symbol: 'EURUSD' },
  { owner: 'cy', symbol: 'USDJPY' },
];

/** On a hedging account the positions of two strategies in one symbol stand side by side. */
export const runsOf = (hedging: boolean): readonly Run[] =>
  hedging ? [...alone, { owner: 'bob', symbol: 'EURUSD' }] : alone;

/** The account of the bots. */
export const LOGIN = 5_000_001;

/** What the terminal and the bot prove to each other. */
export const SECRET = 'a secret of the kill test';

/** Where magic numbers begin. */
const MAGIC_BASE = 770_000_000_000;

/** FNV-1a of 32 bits, the lower 31 of them: how an owner becomes a magic number. */
const magicOf = (owner: string): string => {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(owner)) hash = Math.imul(hash ^ byte, 0x01000193);
  return String(MAGIC_BASE + (hash & 0x7fff_ffff));
};

const owners = new Map(runsOf(true).map(({ owner }) => [magicOf(owner), owner]));

/** Whose orders have this magic number. */
export const ownerOf = (magic: string): string => owners.get(magic) ?? '(nobody)';
