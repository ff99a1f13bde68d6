/** Which way an order trades. */
export type Side = 'buy' | 'sell';

/** `1` for a buy, `-1` for a sell: what a signed quantity is multiplied by. */
export const sign = (side: Side): 1 | -1 => (side === 'buy' ? 1 : -1);

/** The other side. */
export const opposite = (side: Side): Side => (side === 'buy' ? 'sell' : 'buy');

/** The side that a signed quantity is on; a flat quantity has none. */
export const sideOf = (signedQuantity: number): Side | undefined =>
  signedQuantity > 0 ? 'buy' : signedQuantity < 0 ? 'sell' : undefined;
