const DECIMAL = /^-?\d+(\.\d+)?$/;

/**
 * A decimal text as a whole number of units of 10^-scale.
 * @throws RangeError when it is no plain decimal, or has more than `scale` decimals that are not zero
 */
export const toUnits = (text: string, scale: number): bigint => {
  if (!DECIMAL.test(text)) throw new RangeError(`"${text}" is not a plain decimal.`);
  const [whole = '', fraction = ''] = text.split('.');
  if (/[1-9]/.test(fraction.slice(scale))) throw new RangeError(`"${text}" has over ${scale} decimals.`);
  return BigInt(whole + fraction.slice(0, scale).padEnd(scale, '0'));
};

/** The decimal text of a whole number of units of 10^-scale, with all `scale` decimals. */
export const fromUnits = (units: bigint, scale: number): string => {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const cut = digits.length - scale;
  const sign = units < 0n ? '-' : '';
  return scale === 0 ? sign + digits : `${sign}${digits.slice(0, cut)}.${digits.slice(cut)}`;
};

/** A decimal text without trailing zeros of its fraction: `0.0100` becomes `0.01`, `5.00` becomes `5`. */
export const trimZeros = (text: string): string =>
  text.includes('.') ? text.replace(/0+$/, '').replace(/\.$/, '') : text;

/** How many decimals a step has: `0.0100` has two. */
export const scaleOf = (step: string): number => trimZeros(step).split('.')[1]?.length ?? 0;
