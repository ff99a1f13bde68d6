/** Why the venue would refuse an order: its own code and message, and the numbers. */
export interface FilterFinding {
  /** The venue's error code: `-1013` on spot, one for each breach on futures. */
  readonly code: string;
  /** The venue's words for it, such as `Filter failure: LOT_SIZE`. */
  readonly message: string;
  /** The filter, such as `LOT_SIZE`. */
  readonly filter: string;
  /** What is wrong with the order, with the limit and the actual number. */
  readonly detail: string;
}

/** How an order can breach a filter. */
export type Breach =
  | 'price too low'
  | 'price too high'
  | 'price off the grid'
  | 'trigger too high'
  | 'quantity too low'
  | 'quantity too high'
  | 'quantity off the grid'
  | 'price above the band'
  | 'price below the band'
  | 'price above the band of its trigger'
  | 'price below the band of its trigger'
  | 'notional too low'
  | 'notional too high'
  | 'too many orders'
  | 'too many conditional orders'
  | 'position too large'
  | 'delta out of range';

/** Futures have a code and words for each breach (developers.binance.com, USD-M futures, Error Code), where spot has one for all. */
const futures: Readonly<Partial<Record<Breach, readonly [code: string, message: string]>>> = {
  'price too low': ['-4013', 'Price less than min price.'],
  'price too high': ['-4002', 'Price greater than max price.'],
  'price off the grid': ['-4014', 'Price not increased by tick size.'],
  'trigger too high': ['-4007', 'Stop price greater than max price.'],
  'quantity too low': ['-4004', 'Quantity less than min quantity.'],
  'quantity too high': ['-4005', 'Quantity greater than max quantity.'],
  'quantity off the grid': ['-4023', 'Qty not increased by step size.'],
  'price above the band': ['-4016', 'Price is higher than mark price multiplier cap.'],
  'price below the band': ['-4024', 'Price is lower than mark price multiplier floor.'],
  'price above the band of its trigger': ['-4183', 'Price is higher than stop price multiplier cap.'],
  'price below the band of its trigger': ['-4184', 'Price is lower than stop price multiplier floor.'],
  'notional too low': [
    '-4164',
    "Order's notional must be no smaller than the minimum (unless you choose reduce only).",
  ],
  'too many orders': ['-2025', 'Reach max open order limit.'],
  'too many conditional orders': ['-4045', 'Reach max stop order limit.'],
};

/** A finding in the words of the venue. */
export const finding = (
  venue: 'spot' | 'futures',
  filter: string,
  breach: Breach,
  detail: string,
): FilterFinding => {
  const [code, message] = (venue === 'futures' ? futures[breach] : undefined) ?? [
    '-1013',
    `Filter failure: ${filter}`,
  ];
  return { code, message, filter, detail };
};
