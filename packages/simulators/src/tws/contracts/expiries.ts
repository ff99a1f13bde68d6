import { dateText } from '../times.js';

const DAY = 86_400_000;
/** January to December, as exchanges letter the months of delivery. */
const LETTERS = 'FGHJKMNQUVXZ';

/** The n-th of a weekday (0 is Sunday) in a month (0 is January), as midnight UTC. */
const nth = (n: number, weekday: number, year: number, month: number): number => {
  const first = new Date(Date.UTC(year, month, 1)).getUTCDay();
  return Date.UTC(year, month, 1 + ((weekday - first + 7) % 7) + 7 * (n - 1));
};

/** Which day of its month a future is traded last: index futures on the third Friday, currencies two days before the third Wednesday. */
export const lastTradingDays = {
  'third-friday': (year: number, month: number): number => nth(3, 5, year, month),
  'before-third-wednesday': (year: number, month: number): number => nth(3, 3, year, month) - 2 * DAY,
} as const;

/** See {@link lastTradingDays}. */
export type LastTradingDay = keyof typeof lastTradingDays;

/** A month of delivery. */
export interface DeliveryMonth {
  /** `YYYYMM`. */
  readonly month: string;
  /** `YYYYMMDD`. */
  readonly expiry: string;
  /** Letter and last digit of the year: `Z3`. */
  readonly suffix: string;
}

/** A month of delivery by its name (`YYYYMM`). */
export const deliveryMonth = (month: string, rule: LastTradingDay): DeliveryMonth => {
  const year = Number(month.slice(0, 4));
  const index = Number(month.slice(4, 6)) - 1;
  return {
    month,
    expiry: dateText(lastTradingDays[rule](year, index)),
    suffix: `${LETTERS[index]}${year % 10}`,
  };
};

/** The next quarterly months (March, June, September, December) that are not over at a moment (epoch ms). */
export const quarters = (now: number, count: number, rule: LastTradingDay): readonly DeliveryMonth[] => {
  const date = new Date(now);
  const today = dateText(now);
  const found: DeliveryMonth[] = [];
  let index = Math.floor(date.getUTCMonth() / 3) * 3 + 2;
  for (; found.length < count; index += 3) {
    const year = date.getUTCFullYear() + Math.floor(index / 12);
    const month = deliveryMonth(`${year}${String((index % 12) + 1).padStart(2, '0')}`, rule);
    if (month.expiry >= today) found.push(month);
  }
  return found;
};

/** The monthly expiries of options (third Fridays, `YYYYMMDD`) that are not over at a moment (epoch ms). */
export const thirdFridays = (now: number, count: number): readonly string[] => {
  const date = new Date(now);
  const today = dateText(now);
  const found: string[] = [];
  for (let index = date.getUTCMonth(); found.length < count; index++) {
    const expiry = dateText(nth(3, 5, date.getUTCFullYear() + Math.floor(index / 12), index % 12));
    if (expiry >= today) found.push(expiry);
  }
  return found;
};
