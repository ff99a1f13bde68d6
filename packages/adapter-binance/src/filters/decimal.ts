import { MikroBotError } from '@mikrobot/core';

/** An exact decimal: `units` x 10^-`scale`. */
export interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

const TEXT = /^(-?)(\d{1,40})(?:\.(\d{1,40}))?$/;

/**
 * Reads a decimal as the venue writes it.
 * @throws {@link MikroBotError} `BAD_DATA` for what is none, such as `1e-7`
 */
export const decimal = (text: string): Decimal => {
  const parts = TEXT.exec(text);
  if (parts === null) throw new MikroBotError('BAD_DATA', `"${text}" is no decimal.`);
  const fraction = parts[3] ?? '';
  return { units: BigInt(`${parts[1]}${parts[2]}${fraction}`), scale: fraction.length };
};

const raised = ({ units, scale }: Decimal, to: number): bigint => units * 10n ** BigInt(to - scale);

/** Negative where a < b, 0 where they are equal, positive where a > b. */
export const compare = (a: Decimal, b: Decimal): number => {
  const scale = Math.max(a.scale, b.scale);
  const difference = raised(a, scale) - raised(b, scale);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
};

/** a x b. */
export const times = (a: Decimal, b: Decimal): Decimal => ({
  units: a.units * b.units,
  scale: a.scale + b.scale,
});

/** a - b. */
export const minus = (a: Decimal, b: Decimal): Decimal => {
  const scale = Math.max(a.scale, b.scale);
  return { units: raised(a, scale) - raised(b, scale), scale };
};

/** Whether it is a whole number of steps. Everything is where the step is 0: the venue then has none. */
export const isMultiple = (value: Decimal, step: Decimal): boolean => {
  if (step.units === 0n) return true;
  const scale = Math.max(value.scale, step.scale);
  return raised(value, scale) % raised(step, scale) === 0n;
};

/** Whether it is 0, by which the venue says that a limit is off. */
export const isZero = ({ units }: Decimal): boolean => units === 0n;

/** As text, without needless zeros. */
export const decimalText = ({ units, scale }: Decimal): string => {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, '');
  return `${units < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
};
