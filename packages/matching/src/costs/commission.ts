import type { Instrument } from '@mikrobot/core';

/** Which currency a commission is written in: the account's, or the one the instrument is quoted in. */
export type FeeCurrency = 'account' | 'quote';

/**
 * What a trade costs, a side.
 * - `per-lot`: `amount` for each lot.
 * - `per-share`: `amount` for each unit of the underlying (a share; lots times contract size).
 * - `bps`: basis points (1/10,000) of the notional value in quote currency, `maker` when the order rested before it traded.
 *
 * `minimum` is charged once an order, however many fills it takes.
 */
export type CommissionModel =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'per-lot';
      readonly amount: number;
      readonly minimum: number;
      readonly currency: FeeCurrency;
    }
  | {
      readonly kind: 'per-share';
      readonly amount: number;
      readonly minimum: number;
      readonly currency: FeeCurrency;
    }
  | { readonly kind: 'bps'; readonly taker: number; readonly maker: number; readonly minimum: number };

/** The currency in which {@link commissionOf} and the minimum count. */
export const feeCurrency = (model: CommissionModel): FeeCurrency =>
  model.kind === 'per-lot' || model.kind === 'per-share' ? model.currency : 'quote';

/** Commission of one fill before the order's minimum, in {@link feeCurrency}. */
export const commissionOf = (
  model: CommissionModel,
  instrument: Instrument,
  quantity: number,
  price: number,
  maker: boolean,
): number => {
  switch (model.kind) {
    case 'none':
      return 0;
    case 'per-lot':
      return model.amount * quantity;
    case 'per-share':
      return model.amount * quantity * instrument.contractSize;
    case 'bps':
      return ((maker ? model.maker : model.taker) / 10_000) * quantity * instrument.contractSize * price;
  }
};

/** The least commission of an order that has traded, in {@link feeCurrency}. */
export const minimumCommission = (model: CommissionModel): number =>
  model.kind === 'none' ? 0 : model.minimum;
