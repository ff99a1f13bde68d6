const SCALE = 8;

/** A decimal string in units of 1e-8. */
export function units(text: string): bigint {
  const [whole = '0', fraction = ''] = text.split('.');
  return BigInt(whole + fraction.padEnd(SCALE, '0').slice(0, SCALE));
}

/** Units of 1e-8 as a decimal string without idle zeros. */
export function decimal(count: bigint): string {
  const digits = String(count).padStart(SCALE + 1, '0');
  return `${digits.slice(0, -SCALE)}.${digits.slice(-SCALE)}`.replace(/\.?0+$/, '');
}

export const plus = (a: string, b: string): string => decimal(units(a) + units(b));
export const minus = (a: string, b: string): string => decimal(units(a) - units(b));

/** Exact for the sizes used here: the product is cut to 8 digits. */
export const times = (a: string, b: string): string => decimal((units(a) * units(b)) / 10n ** BigInt(SCALE));
