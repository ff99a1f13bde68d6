import { type Entry, finalStates, type OrderRequest } from '@mikrobot/core';

interface OrderFact {
  readonly request: OrderRequest;
  /** Whether its end is on record. */
  ended: boolean;
  /** Whether its acceptance is on record, or its end. */
  taken: boolean;
  /** Whether the adapter answered that the venue took it. */
  accepted: boolean;
}

interface Told {
  readonly type: string;
  readonly id: string;
  readonly tradeId?: string;
  readonly remaining?: number;
}

/** What a journal says, read by another process than the one that wrote it. Entries are added as they come. */
export class JournalFacts {
  /** The number of the next entry. */
  next = 0;
  readonly orders = new Map<string, OrderFact>();
  /** How many decisions there are on each signal. */
  readonly decisions = new Map<string, number>();
  /** Trades on record, `order|trade`. */
  readonly trades = new Set<string>();
  /** Held signals that nobody answered, and until when somebody may. */
  readonly held = new Map<string, number>();
  /** What is wrong with the journal itself. */
  readonly flaws: string[] = [];
  /** Amendments and cancellations without an answer, by command and order. */
  readonly #asked = new Set<string>();

  add(entry: Entry): void {
    if (entry.seq !== this.next) this.flaws.push(`entry ${entry.seq} stands where ${this.next} should`);
    this.next = entry.seq + 1;
    switch (entry.kind) {
      case 'out:signal':
        this.decisions.set((entry.data as { id: string }).id, 0);
        break;
      case 'out:decision':
        this.#decided(entry.data as { signal: string; outcome: string; until?: number });
        break;
      case 'out:intent':
        this.#intended(entry.data as OrderRequest | { command: string; id: string });
        break;
      case 'in:answer':
        this.#answered(entry.data as { command: string; id: string; answer: { outcome: string } });
        break;
      case 'in:order':
      case 'out:order':
        this.#told(entry.data as Told);
        break;
      case 'in:command': {
        const { do: what, signal } = entry.data as { do: string; signal?: string };
        if ((what === 'approve' || what === 'reject') && signal !== undefined) this.held.delete(signal);
        break;
      }
    }
  }

  /** Orders and commands whose outcome is not on record. A resting order with its acceptance is not in flight. */
  get inFlight(): readonly string[] {
    const orders = [...this.orders].filter(
      ([, { request, ended, taken }]) => !ended && (!taken || request.type === 'market'),
    );
    return [...orders.map(([id]) => id), ...this.#asked];
  }

  #decided({ signal, outcome, until = 0 }: { signal: string; outcome: string; until?: number }): void {
    this.decisions.set(signal, (this.decisions.get(signal) ?? 0) + 1);
    if (outcome === 'held') this.held.set(signal, until);
  }

  #intended(intent: OrderRequest | { command: string; id: string }): void {
    if ('command' in intent) {
      this.#asked.add(`${intent.command} ${intent.id}`);
      return;
    }
    // An adjustment is approved like an order and never sent as one.
    if (intent.id.endsWith('-p')) return;
    if (this.orders.has(intent.id)) this.flaws.push(`order ${intent.id} was intended twice`);
    this.orders.set(intent.id, { request: intent, ended: false, taken: false, accepted: false });
  }

  #answered({ command, id, answer }: { command: string; id: string; answer: { outcome: string } }): void {
    this.#asked.delete(`${command} ${id}`);
    // A question about the order answers for every command that was left open.
    if (command === 'query' && answer.outcome !== 'unknown') this.#settled(id);
    const order = this.orders.get(id);
    if (command !== 'submit' || order === undefined) return;
    if (answer.outcome === 'accepted') {
      order.taken = true;
      order.accepted = true;
    }
    if (answer.outcome === 'rejected') order.ended = true;
  }

  #told({ type, id, tradeId, remaining = 0 }: Told): void {
    if (type === 'fill') this.trades.add(`${id}|${tradeId}`);
    const order = this.orders.get(id);
    if (order === undefined) return;
    order.taken = true;
    if (type === 'fill' ? remaining > 1e-9 : !finalStates.has(type as never)) return;
    order.ended = true;
    this.#settled(id);
  }

  #settled(id: string): void {
    for (const command of ['amend', 'cancel']) this.#asked.delete(`${command} ${id}`);
  }
}
