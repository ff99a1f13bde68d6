import { createHmac } from 'node:crypto';
import { judgeKey } from './listing.js';

/** Asks the venue on the judge's behalf, by signed REST requests of its own: nothing of an adapter is in between. */
export class Auditor {
  readonly #rest: string;

  constructor(rest: string) {
    this.#rest = rest;
  }

  /** The parsed answer. Rejects with what the venue says. */
  async ask(path: string, params: Readonly<Record<string, string | number>> = {}): Promise<unknown> {
    const query = new URLSearchParams({ ...params, timestamp: Date.now(), recvWindow: 60_000 } as never);
    query.set('signature', createHmac('sha256', judgeKey.secret).update(`${query}`).digest('hex'));
    const answer = await fetch(`${this.#rest}${path}?${query}`, {
      headers: { 'X-MBX-APIKEY': judgeKey.apiKey },
    });
    const body: unknown = await answer.json();
    if (!answer.ok) throw new Error(`The venue says ${JSON.stringify(body)} to ${path}.`);
    return body;
  }
}
