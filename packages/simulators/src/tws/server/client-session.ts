import type { TwsSession } from '../session.js';
import type { Field } from '../wire/field.js';
import type { Line } from './line.js';
import { errorMessage } from './messages.js';
import type { TwsNotice } from './notices.js';
import type { Outbox } from './outbox.js';

/** A client that has started its API. */
export class ClientSession implements TwsSession {
  readonly clientId: number;
  readonly serverVersion: number;
  readonly outbox: Outbox;
  readonly #line: Line;
  readonly #ends: (() => void)[] = [];
  readonly #losses: (() => void)[] = [];

  constructor(clientId: number, serverVersion: number, line: Line, outbox: Outbox) {
    this.clientId = clientId;
    this.serverVersion = serverVersion;
    this.outbox = outbox;
    this.#line = line;
  }

  get open(): boolean {
    return this.#line.open;
  }

  send(fields: readonly Field[]): void {
    if (this.open) this.outbox.put(fields);
  }

  error(requestId: number, code: number, text: string, advancedReject?: string): void {
    this.send(errorMessage(this.serverVersion, requestId, code, text, advancedReject));
  }

  onEnd(listener: () => void): void {
    this.#ends.push(listener);
  }

  onDataLost(listener: () => void): void {
    this.#losses.push(listener);
  }

  /** Sends what TWS says of itself, also while it does not reach IB. */
  tell(fields: readonly Field[]): void {
    if (this.open) this.outbox.tell(fields);
  }

  notice({ code, text }: TwsNotice, requestId = -1): void {
    this.tell(errorMessage(this.serverVersion, requestId, code, text));
  }

  /** Ends the connection once all has been said. */
  end(): void {
    this.#line.end();
  }

  /** The socket has gone. */
  ended(): void {
    this.outbox.close();
    for (const listener of this.#ends.splice(0)) listener();
  }

  /** Requests of market data are forgotten. */
  dataLost(): void {
    for (const listener of [...this.#losses]) listener();
  }
}
