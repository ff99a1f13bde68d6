import type { Contract } from '@stoqey/ib';

/** What a stream of market data needs to know of a contract. */
export interface MarketContract {
  readonly symbol: string;
  /** As it is sent to TWS. */
  readonly contract: Contract;
  readonly spec: {
    /** Every change of the best prices, in the few streams of this kind that an account has. */
    readonly tickByTick?: boolean | undefined;
  };
  readonly tradable: boolean;
}

/** An index has no bid and ask: its last price stands for both. */
export const isIndex = ({ contract }: MarketContract): boolean => contract.secType === 'IND';
