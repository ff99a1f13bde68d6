import type { AccountState, Clock } from '@mikrobot/core';
import { EventName } from '@stoqey/ib';
import type { Line } from '../line/line.js';
import { finite } from '../line/numbers.js';
import { listen } from '../listen.js';
import { type AccountFacts, AccountValues } from './account-values.js';

/** Ms without a further value after which the values are of one moment: TWS sends them one by one. */
const SETTLE = 250;

/** Profit and loss as TWS shows it, in the base currency; undefined: TWS has not told it, or cannot say. */
export interface ProfitAndLoss {
  /** Of today, floating profit included. */
  readonly daily: number | undefined;
  readonly unrealised: number | undefined;
  /** Of today, after commissions. */
  readonly realised: number | undefined;
}

/** What the stream of an account is made of. */
export interface AccountStreamParts {
  readonly clock: Clock;
  readonly facts: AccountFacts;
  readonly tell: (state: AccountState) => void;
}

/** The standing subscriptions of one account: its values, told to core when they have changed and come to rest, and its profit. */
export class AccountStream {
  readonly #parts: AccountStreamParts;
  #values = new AccountValues();
  #pnl: ProfitAndLoss | undefined;
  #whole = false;
  #cancelTimer: () => void = () => undefined;

  constructor(parts: AccountStreamParts) {
    this.#parts = parts;
  }

  /** The values as last told; rates of currencies outlive a line. */
  get values(): AccountValues {
    return this.#values;
  }

  /** Undefined while the line is down, and until TWS tells it. */
  get pnl(): ProfitAndLoss | undefined {
    return this.#pnl;
  }

  /** Asks for everything on a line. @returns the way to stop */
  attach(line: Line): () => void {
    const { id: account } = this.#parts.facts;
    const [valuesId, pnlId] = [line.nextRequestId(), line.nextRequestId()];
    const values = new AccountValues();
    this.#whole = false;
    const { events } = line;
    const leaves = [
      listen(
        events,
        EventName.accountUpdateMulti,
        (id: number, who: string, _model: string, key: string, value: string, currency: string) => {
          if (id === valuesId && who === account && values.take(key, value, currency)) this.#changed();
        },
      ),
      listen(events, EventName.accountUpdateMultiEnd, (id: number | string) => {
        // The client library gives the id of this message as text.
        if (Number(id) !== valuesId) return;
        this.#whole = true;
        this.#values = values;
        this.#changed();
      }),
      listen(events, EventName.pnl, (id: number, daily: number, unrealised?: number, realised?: number) => {
        if (id !== pnlId) return;
        this.#pnl = {
          daily: finite(daily),
          unrealised: finite(unrealised),
          realised: finite(realised),
        };
      }),
    ];
    line.send((commands) => commands.reqAccountUpdatesMulti(valuesId, account, '', false));
    line.send((commands) => commands.reqPnL(pnlId, account, ''));
    return () => {
      this.#cancelTimer();
      this.#pnl = undefined;
      for (const leave of leaves) leave();
      if (!line.isOpen) return;
      line.send((commands) => commands.cancelAccountUpdatesMulti(valuesId));
      line.send((commands) => commands.cancelPnL(pnlId));
    };
  }

  /** Net liquidation and floating profit come in messages of their own: between the two, the balance would be made up. */
  #changed(): void {
    if (!this.#whole) return;
    const { clock, facts, tell } = this.#parts;
    this.#cancelTimer();
    this.#cancelTimer = clock.arm(`ib account ${facts.id}`, clock.now() + SETTLE, () => {
      const state = this.#values.state(facts);
      if (state !== undefined) tell(state);
    });
  }
}
