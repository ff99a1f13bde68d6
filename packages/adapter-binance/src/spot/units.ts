/** Amounts of assets are counted in whole hundred-millionths: the venue's assets have at most eight decimals. */
const DECIMALS = 8;
const SCALE = 10n ** BigInt(DECIMALS);

/**
 * Reads a decimal text such as `0.00100000`, exactly. Digits beyond the eighth are cut.
 * @returns hundred-millionths
 * @throws RangeError for what is no number
 */
export const toUnits = (text: string): bigint => {
  const match = /^(-?)(\d+)(?:\.(\d*))?$/.exec(text);
  if (match === null) throw new RangeError(`"${text}" is no amount`);
  const fraction = (match[3] ?? '').slice(0, DECIMALS).padEnd(DECIMALS, '0');
  const units = BigInt(`${match[2]}${fraction}`);
  return match[1] === '-' ? -units : units;
};

/**
 * A number on a grid of at most eight decimals, as units. Its shortest text is the decimal that it stands for; where that is longer,
 * the number carries the dust of a calculation and is rounded.
 */
export const unitsOf = (value: number): bigint => {
  const shortest = String(value);
  return toUnits(/^-?\d+(\.\d{1,8})?$/.test(shortest) ? shortest : value.toFixed(DECIMALS));
};

/** Units as a number, the nearest to the exact decimal. */
export const toNumber = (units: bigint): number => {
  const digits = (units < 0n ? -units : units).toString().padStart(DECIMALS + 1, '0');
  return Number(`${units < 0n ? '-' : ''}${digits.slice(0, -DECIMALS)}.${digits.slice(-DECIMALS)}`);
};

/** The product of two amounts, cut to whole units. */
export const times = (a: bigint, b: bigint): bigint => (a * b) / SCALE;

/** What one of something costs of which so many cost so much, cut to whole units. */
export const each = (cost: bigint, quantity: bigint): bigint => (cost * SCALE) / quantity;

/** The largest multiple of `step` that is not above `amount`; 0 for what is below zero. */
export const floorTo = (amount: bigint, step: bigint): bigint =>
  amount <= 0n ? 0n : amount - (amount % step);
