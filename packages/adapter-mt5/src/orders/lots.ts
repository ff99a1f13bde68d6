/** MetaTrader's volumes have at most eight decimals. */
const SCALE = 1e8;

/** Lots without the dust of binary fractions. */
export const tidy = (lots: number): number => Math.round(lots * SCALE) / SCALE;
