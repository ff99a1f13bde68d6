import type { TradeRequest } from '../exchange/records.js';

/** Which request a fault is for. Default: the next one. */
export interface RequestMatch {
  readonly login?: number | undefined;
  /** TRADE_ACTION_… */
  readonly action?: number | undefined;
}

/** How something is lost. */
export interface LossOptions extends RequestMatch {
  /** The terminal is given this code at once, such as 10012, in place of its own time-out. Default: no answer. */
  readonly answer?: number | undefined;
}

/** What happens to the next request that fits. */
export type RequestFault =
  | ({ readonly kind: 'lose-request' | 'lose-result' } & LossOptions)
  | ({ readonly kind: 'delay-result'; readonly ms: number } & RequestMatch);

/** Says what happens to a request that has just arrived; undefined: nothing. */
export type RequestJudge = (login: number, request: TradeRequest) => RequestFault | undefined;

/** Faults that wait for their request. */
export class RequestFaults {
  /** Asked about each request, before any fault that waits. */
  judge: RequestJudge | undefined;
  readonly #waiting: RequestFault[] = [];

  add(fault: RequestFault): void {
    this.#waiting.push(fault);
  }

  /** The fault of this request, which then has struck. */
  take(login: number, request: TradeRequest): RequestFault | undefined {
    const judged = this.judge?.(login, request);
    if (judged !== undefined) return judged;
    const fits = ({ login: who = login, action = request.action }: RequestFault): boolean =>
      who === login && action === request.action;
    const i = this.#waiting.findIndex(fits);
    return i < 0 ? undefined : this.#waiting.splice(i, 1)[0];
  }

  clear(): void {
    this.#waiting.length = 0;
    this.judge = undefined;
  }
}
