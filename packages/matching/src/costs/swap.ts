import type { Instrument } from '@mikrobot/core';

/** Overnight financing, booked at the roll-over at 17:00 New York on what is held then. */
export interface SwapModel {
  /** Book the instrument's own swap points. */
  readonly points: boolean;
  /** The broker's charge on top for either side: a fraction of the notional value a year (0.01 is 1 %). */
  readonly markup: number;
}

const SATURDAY = 6;
const SUNDAY = 0;

/**
 * Nights that a roll-over counts: three on the instrument's triple day, so that a week has seven, and none at the weekend,
 * which the triple day has paid for.
 * @param rollOver - epoch ms of 17:00 New York
 */
export const nightsAt = (rollOver: number, tripleDay: number): number => {
  const day = new Date(rollOver).getUTCDay(); // 17:00 New York has the same date in UTC
  if (day === tripleDay) return 3;
  return day === SATURDAY || day === SUNDAY ? 0 : 1;
};

/**
 * Financing of a holding in quote currency; negative is paid. A swap point is the instrument's tick size in price.
 * @param quantity - signed lots
 * @param price - what the notional value is taken at
 */
export const swapOf = (
  model: SwapModel,
  instrument: Instrument,
  quantity: number,
  price: number,
  nights: number,
): number => {
  const lots = Math.abs(quantity);
  const points = model.points ? (quantity > 0 ? instrument.swap.long : instrument.swap.short) : 0;
  const perNight =
    lots * instrument.contractSize * (points * instrument.tickSize - (price * model.markup) / 365);
  return perNight * nights;
};
