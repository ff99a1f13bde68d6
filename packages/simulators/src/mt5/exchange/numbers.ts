/** Lots without the noise of binary fractions: MT5 keeps eight decimals. */
export const lots = (volume: number): number => Math.round(volume * 1e8) / 1e8;

/** Rounds half away from zero, as money is, whatever the binary fraction looks like. */
export const rounded = (value: number, digits: number): number => {
  const scale = 10 ** digits;
  const whole = Math.round(Number((Math.abs(value) * scale).toPrecision(15)));
  return whole === 0 ? 0 : (Math.sign(value) * whole) / scale;
};

/** Whether a price has no more decimals than its symbol. */
export const isOnGrid = (price: number, tickSize: number): boolean => {
  const steps = price / tickSize;
  return Math.abs(steps - Math.round(steps)) < 1e-4;
};

/** Whole points from `b` up to `a`. */
export const pointsAbove = (a: number, b: number, point: number): number => Math.round((a - b) / point);
