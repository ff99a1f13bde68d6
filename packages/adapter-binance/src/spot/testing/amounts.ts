export { toUnits, unitsOf } from '../units.js';

/** Units as a decimal text with eight decimals. */
export const fromText = (units: bigint): string => {
  const digits = units.toString().padStart(9, '0');
  return `${digits.slice(0, -8)}.${digits.slice(-8)}`;
};
