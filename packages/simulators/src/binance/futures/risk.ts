import type { FuturesAccount } from './account.js';
import { accountUpdate, marginCall } from './account-events.js';
import type { AlgoDesk } from './algo-desk.js';
import { abs, amountOf, divide, ONE, times } from './amounts.js';
import type { Desk } from './desk.js';
import { assetMargin } from './margin.js';
import type { OrderDraft } from './orders.js';
import { notional, type Position } from './positions.js';
import { bookIncome, type FuturesVenue } from './venue.js';

/** Maintenance margin over equity from which a margin call is told. */
const CALL_AT = amountOf('0.8');

/** Funding, margin calls, liquidation. */
export class Risk {
  readonly #venue: FuturesVenue;
  readonly #desk: Desk;
  readonly #algos: AlgoDesk;

  constructor(venue: FuturesVenue, desk: Desk, algos: AlgoDesk) {
    this.#venue = venue;
    this.#desk = desk;
    this.#algos = algos;
  }

  /** Pays what funding is due: longs to shorts where the rate is positive, by the value at the mark price. */
  fund(): void {
    const { market, accounts } = this.#venue;
    const time = market.fund();
    for (const account of accounts.values()) {
      const changes: Record<string, bigint> = {};
      for (const position of account.held()) {
        const { symbol } = position;
        const asset = symbol.options.quote;
        const amount = -times(notional(position, market.mark(symbol)), market.contract(symbol).fundingRate);
        bookIncome(this.#venue, account, {
          type: 'FUNDING_FEE',
          symbol: symbol.name,
          asset,
          amount,
          tradeId: '',
          time,
        });
        changes[asset] = (changes[asset] ?? 0n) + amount;
      }
      if (Object.keys(changes).length > 0)
        this.#venue.tell(account, accountUpdate(this.#venue, account, 'FUNDING_FEE', changes, []));
    }
  }

  /** Looks at every account that holds something: the mark prices have moved. */
  check(): void {
    for (const account of this.#venue.accounts.values()) {
      const held = account.held();
      if (held.length === 0) account.called = false;
      for (const asset of new Set(held.map(({ symbol }) => symbol.options.quote)))
        this.#checkAsset(account, asset, held);
    }
  }

  #checkAsset(account: FuturesAccount, asset: string, held: readonly Position[]): void {
    const { wallet, profit, maintenance } = assetMargin(account, this.#venue.market, asset);
    const equity = wallet + profit;
    const isMeant = ({ symbol }: Position): boolean => account.multiAssets || symbol.options.quote === asset;
    if (equity <= maintenance) {
      this.#liquidate(account, asset, held.filter(isMeant));
      return;
    }
    const isHigh = divide(maintenance * ONE, equity) >= CALL_AT;
    if (isHigh && !account.called)
      this.#venue.tell(account, marginCall(this.#venue, account, asset, held.filter(isMeant)));
    account.called = isHigh;
  }

  /** Simplified: all at once and at the market, for a fee; what the wallet lacks then, the insurance fund pays. */
  #liquidate(account: FuturesAccount, asset: string, positions: readonly Position[]): void {
    for (const order of [...account.open]) this.#desk.end(account, order, 'EXPIRED', '5');
    for (const algo of [...account.openAlgos]) this.#algos.expire(account, algo);
    for (const position of positions) this.#desk.enter(account, this.#closing(position));
    const missing = account.wallet(asset);
    if (missing >= 0n || account.held().length > 0) return;
    bookIncome(this.#venue, account, {
      type: 'INSURANCE_CLEAR',
      symbol: '',
      asset,
      amount: -missing,
      tradeId: '',
    });
    this.#venue.tell(
      account,
      accountUpdate(this.#venue, account, 'INSURANCE_CLEAR', { [asset]: -missing }, []),
    );
  }

  #closing({ symbol, side, size }: Position): OrderDraft {
    const { market, nextId } = this.#venue;
    const { quote } = market.contract(symbol);
    return {
      symbol,
      side: size > 0n ? 'SELL' : 'BUY',
      positionSide: side,
      type: 'LIQUIDATION',
      origType: 'LIQUIDATION',
      timeInForce: 'IOC',
      quantity: abs(size),
      price: (size > 0n ? quote?.bid : quote?.ask) ?? 0n,
      reduceOnly: false,
      closePosition: false,
      clientOrderId: `autoclose-${market.now}${nextId.other()}`,
      goodTillDate: 0,
      priceMatch: 'NONE',
      selfTradePreventionMode: 'NONE',
      workingType: 'CONTRACT_PRICE',
      priceProtect: false,
      stopPrice: 0n,
      algo: undefined,
    };
  }
}
