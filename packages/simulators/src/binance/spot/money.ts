import { ONE } from '../filters/filter-checks.js';

/**
 * Price times quantity in units of 10^-8, rounded down: what changes hands, and what is locked. As parts are rounded down as well,
 * a lock covers every way to trade it in parts.
 */
export const worthOf = (price: bigint, quantity: bigint): bigint => (price * quantity) / ONE;
