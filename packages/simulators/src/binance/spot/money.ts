import { ONE } from '../filters/filter-checks.js';

/** Price times quantity in units of 10^-8, rounded down: what changes hands. */
export const worthOf = (price: bigint, quantity: bigint): bigint => (price * quantity) / ONE;

/** Price times quantity in units of 10^-8, rounded up: what must be locked so that it covers every way to trade it in parts. */
export const costOf = (price: bigint, quantity: bigint): bigint => (price * quantity + ONE - 1n) / ONE;
