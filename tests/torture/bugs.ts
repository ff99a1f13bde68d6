import type {
  ApprovedOrder,
  CommandOutcome,
  Journal,
  OrderEvent,
  OrderRef,
  QueryOutcome,
  Snapshot,
} from '@mikrobot/core';
import { RemoteAdapter, requestOf } from './remote-adapter.js';
import { ThroughJournal } from './through-journal.js';
import { isStop } from './venue/record.js';

/** Bugs that the kill test must find, one of each kind. */
export const bugNames = [
  'sends-again',
  'late-commit',
  'silent-means-absent',
  'loses-fills',
  'stop-not-sent',
] as const;

export type BugName = (typeof bugNames)[number];

/** What each bug does. */
export const bugs: Readonly<Record<BugName, string>> = {
  'sends-again': 'an order whose outcome is unknown is sent again under another id',
  'late-commit': 'the intent is committed after the order was sent',
  'silent-means-absent': 'an order that was asked for in vain is said to be absent',
  'loses-fills': 'a fill is swallowed, and the snapshot is said to be complete and empty',
  'stop-not-sent': 'a protective stop is said to be accepted and is not sent',
};

class SendsAgain extends RemoteAdapter {
  override async submit(order: ApprovedOrder): Promise<CommandOutcome> {
    const outcome = await super.submit(order);
    if (outcome.outcome !== 'unknown') return outcome;
    const request = requestOf(order, this.capabilities.bracket);
    return this.send({ ...request, id: `${request.id}r` });
  }
}

class SilentMeansAbsent extends RemoteAdapter {
  override async query(ref: OrderRef): Promise<QueryOutcome> {
    const answer = await super.query(ref);
    return answer.outcome === 'unknown' ? { outcome: 'absent' } : answer;
  }
}

class LosesFills extends RemoteAdapter {
  #fills = 0;

  protected override told(event: OrderEvent): void {
    if (event.type !== 'fill' || ++this.#fills % 20 !== 0) super.told(event);
  }

  override async snapshot(): Promise<Snapshot> {
    return { ...(await super.snapshot()), complete: true, orders: [], positions: [] };
  }
}

class StopNotSent extends RemoteAdapter {
  override async submit(order: ApprovedOrder): Promise<CommandOutcome> {
    return isStop(order.request.id) ? { outcome: 'accepted' } : super.submit(order);
  }
}

/** The adapter, with the bug if it is one of an adapter. */
export const adapterWith = (
  bug: BugName | undefined,
  options: ConstructorParameters<typeof RemoteAdapter>[0],
): RemoteAdapter => {
  switch (bug) {
    case 'sends-again':
      return new SendsAgain(options);
    case 'silent-means-absent':
      return new SilentMeansAbsent(options);
    case 'loses-fills':
      return new LosesFills(options);
    case 'stop-not-sent':
      return new StopNotSent(options);
    default:
      return new RemoteAdapter(options);
  }
};

/** A journal whose promise of durability comes too early. */
class LateJournal extends ThroughJournal {
  override commit(): void {
    setTimeout(() => void this.inner.commit(), 25);
  }
}

/** The journal, with the bug if it is one of a journal. */
export const journalWith = (bug: BugName | undefined, journal: Journal): Journal =>
  bug === 'late-commit' ? new LateJournal(journal) : journal;
