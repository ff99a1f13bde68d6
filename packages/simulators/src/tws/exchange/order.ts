import type { SimulatedContract } from '../contracts/contract.js';
import type { SimulatedAccount } from './account.js';
import type { MatchingLine } from './matching-line.js';

/** Order types that the simulator takes, as TWS writes them. */
export const orderTypes = ['MKT', 'LMT', 'STP', 'STP LMT', 'TRAIL', 'MOC', 'LOC'] as const;
/** See {@link orderTypes}. */
export type TwsOrderType = (typeof orderTypes)[number];

/** Times in force that the simulator takes, as TWS writes them. */
export const timesInForce = ['DAY', 'GTC', 'IOC', 'GTD', 'FOK'] as const;
/** See {@link timesInForce}. */
export type TwsTimeInForce = (typeof timesInForce)[number];

/** What a client orders: the fields of a TWS order that the simulator acts on or gives back. Prices in the contract's price unit. */
export interface OrderTerms {
  readonly action: 'BUY' | 'SELL';
  /** Contracts, shares or units of the base currency; what has filled included. */
  readonly quantity: number;
  readonly type: TwsOrderType;
  readonly limitPrice: number | undefined;
  /** Trigger of a stop, or distance of a trailing stop. */
  readonly auxPrice: number | undefined;
  /** First trigger of a trailing stop. */
  readonly trailStopPrice: number | undefined;
  readonly timeInForce: TwsTimeInForce;
  /** As the client wrote it. */
  readonly goodTillDate: string;
  /** Epoch ms; undefined unless the time in force is GTD. */
  readonly goodTill: number | undefined;
  readonly ocaGroup: string;
  /** 1 cancels the others, 2 and 3 reduce them. */
  readonly ocaType: number;
  readonly orderRef: string;
  readonly outsideRth: boolean;
  readonly openClose: string;
  readonly origin: number;
  /** Exchange as the client named it, such as SMART. */
  readonly exchange: string;
  /** Order id of the parent as the client named it; 0 for none. */
  readonly parentId: number;
}

/** What TWS says of an order. Source: IBKR Campus, "Understanding Order Status Message". */
export type TwsOrderStatus =
  | 'Inactive'
  | 'PendingCancel'
  | 'PreSubmitted'
  | 'Submitted'
  | 'ApiCancelled'
  | 'Cancelled'
  | 'Filled';

/**
 * Where an order is: held back by its client (`untransmitted`), behind its parent (`child`), while the market is shut or not quoted
 * (`waiting`), for the closing auction (`auction`), at the market (`working`), or over.
 */
export type OrderStage = 'untransmitted' | 'child' | 'waiting' | 'auction' | 'working' | 'ended';

/** An order as TWS keeps it. */
export interface TwsOrder {
  /** Unique over all clients and sessions. */
  readonly permId: number;
  readonly account: SimulatedAccount;
  readonly contract: SimulatedContract;
  /** Client that the order belongs to; 0 for orders made by hand. */
  clientId: number;
  /** As its client named it; 0 for orders made by hand that no client has bound. */
  orderId: number;
  readonly byHand: boolean;
  terms: OrderTerms;
  stage: OrderStage;
  /** How it ended; undefined while it lives. */
  end: 'Inactive' | 'ApiCancelled' | 'Cancelled' | 'Filled' | undefined;
  /** A stop whose trigger was reached. */
  triggered: boolean;
  filled: number;
  /** Sum of price times quantity of its executions. */
  cost: number;
  lastFillPrice: number;
  /** Commission booked so far, in the contract's currency. */
  commission: number;
  readonly parent: TwsOrder | undefined;
  /** Matches it while it works. */
  line: MatchingLine | undefined;
  /** When it ends by itself, epoch ms; Infinity for never. */
  expiresAt: number;
  /** When it ended, epoch ms. */
  endedAt: number;
  /** Why it ended, for people. */
  endReason: string;
}

/** Whether it waits for a trigger. */
export const isStop = ({ type }: OrderTerms): boolean =>
  type === 'STP' || type === 'STP LMT' || type === 'TRAIL';

/** Where an order waits that nothing holds back: for the market, or for the closing auction. */
export const stageAtMarket = ({ type }: OrderTerms): 'auction' | 'waiting' =>
  type === 'MOC' || type === 'LOC' ? 'auction' : 'waiting';

/** What is still to be traded. */
export const remainingOf = ({ terms, filled }: TwsOrder): number => tidy(terms.quantity - filled);

/** Average price of what has filled; 0 before. */
export const averageOf = ({ cost, filled }: TwsOrder): number => (filled === 0 ? 0 : tidy(cost / filled));

/** A sum or quotient without the dust of binary fractions. */
export const tidy = (value: number): number => Math.round(value * 1e8) / 1e8;

/** What TWS says of an order at present. */
export const statusOf = ({ stage, end, terms, triggered }: TwsOrder): TwsOrderStatus => {
  if (end !== undefined) return end;
  if (stage === 'untransmitted') return 'Inactive';
  if (stage !== 'working') return 'PreSubmitted';
  return isStop(terms) && !triggered ? 'PreSubmitted' : 'Submitted';
};

/** Why an order is held: `child`, `trigger`, both, or empty. Seen in logs of TWS; its documentation names `locate` only. */
export const whyHeldOf = ({ stage, terms, triggered }: TwsOrder): string => {
  if (stage === 'ended') return '';
  const reasons = [stage === 'child' && 'child', isStop(terms) && !triggered && 'trigger'];
  return reasons.filter((reason) => reason !== false).join(',');
};
