/** Where magic numbers of this adapter begin: whoever looks at the account tells our orders by it. */
export const MAGIC_BASE = 770_000_000_000;

/** What an order's comment keeps whole. */
const CLIENT_ID = /^[a-z0-9-]{1,26}$/;

/** Whether MetaTrader 5 can carry a client order id. */
export const isClientId = (id: string): boolean => CLIENT_ID.test(id);

/**
 * The magic number of an owner's orders: the same after each restart, within 2^31 above the base (FNV-1a, 31 bits).
 * @returns a decimal number
 */
export const magicOf = (owner: string, base: number): string => {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(owner)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return String(base + (hash & 0x7fffffff));
};

/** The two levels of a position. */
export type LegName = 'stop' | 'target';

/** The levels' names, the more urgent first. */
export const LEGS: readonly LegName[] = ['stop', 'target'];

/** MetaTrader's words for the levels. */
export const levelOf: Readonly<Record<LegName, 'sl' | 'tp'>> = { stop: 'sl', target: 'tp' };

const suffixes: Readonly<Record<LegName, string>> = { stop: 's', target: 't' };

/** How a leg that came with its entry is named. */
export const legId = (entry: string, leg: LegName): string => entry + suffixes[leg];

/** What an id is, if it is a leg's; that an entry of this name exists is not said. */
export const legNamed = (id: string): { readonly entry: string; readonly leg: LegName } | undefined => {
  const [, entry, letter] = /^(.+-e)([st])[0-9a-z]*$/.exec(id) ?? [];
  return entry === undefined ? undefined : { entry, leg: letter === 's' ? 'stop' : 'target' };
};

const FOREIGN = /^mt5-(\d+)$/;

/** How an order is named that carries no client order id: one of a person's, or of the server. */
export const foreignId = (ticket: string): string => `mt5-${ticket}`;

/** The ticket of such a name. */
export const foreignTicket = (id: string): string | undefined => FOREIGN.exec(id)?.[1];
