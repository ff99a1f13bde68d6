import type {
  BrokerAdapter,
  CommandOutcome,
  Journal,
  MaybePromise,
  OrderReport,
  QueryOutcome,
} from '@mikrobot/core';
import type { Bug } from './bot-process.js';

/** An object that does some things otherwise, and everything else as the one that it stands for. */
const instead = <T extends object>(original: T, other: Partial<T>): T =>
  new Proxy(original, {
    get(target, name) {
      const own: unknown = Reflect.get(other, name);
      if (own !== undefined) return own;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });

const after = <T>(answer: MaybePromise<T>, then: (answer: T) => MaybePromise<T>): MaybePromise<T> =>
  answer instanceof Promise ? answer.then(then) : then(answer);

/** An adapter that tries an order again when nobody knows what became of it. */
const resends = (adapter: BrokerAdapter): BrokerAdapter =>
  instead(adapter, {
    submit: (order) =>
      after<CommandOutcome>(adapter.submit(order), (answer) =>
        answer.outcome === 'unknown' ? adapter.submit(order) : answer,
      ),
  });

/** An adapter that takes "I could not ask" for "there is no such order". */
const takesSilenceForAbsence = (adapter: BrokerAdapter): BrokerAdapter =>
  instead(adapter, {
    query: (order) =>
      after<QueryOutcome>(adapter.query(order), (answer) =>
        answer.outcome === 'unknown' ? { outcome: 'absent' } : answer,
      ),
  });

/** An adapter that finds orders again, but not their trades. */
const forgetsTrades = (adapter: BrokerAdapter): BrokerAdapter =>
  instead(adapter, {
    query: (order) =>
      after<QueryOutcome>(adapter.query(order), (answer) =>
        answer.outcome === 'found' ? { ...answer, fills: [] } : answer,
      ),
  });

/** An adapter that says that a stop is placed, whoever asks, and does not place it. */
const leavesNaked = (adapter: BrokerAdapter): BrokerAdapter => {
  const claimed = new Map<string, OrderReport>();
  return instead(adapter, {
    submit: (order) => {
      const { id, symbol, side, type, purpose, quantity, price } = order.request;
      if (purpose !== 'protect' || type !== 'stop') return adapter.submit(order);
      const report = {
        id,
        symbol,
        side,
        type,
        quantity,
        price,
        venueId: undefined,
        filled: 0,
        averagePrice: 0,
      };
      claimed.set(id, { ...report, state: 'accepted' });
      return { outcome: 'accepted' };
    },
    query: (order) => {
      const report = claimed.get(order.id);
      return report === undefined ? adapter.query(order) : { outcome: 'found', report, fills: [] };
    },
  });
};

/** A journal whose commit is not one. */
const commitsNothing = (journal: Journal): Journal => instead(journal, { commit: () => undefined });

/** Bugs that tests plant, each with what must be found of it. */
export const bugs: Readonly<Record<string, Bug & { readonly found: RegExp }>> = {
  'an adapter that sends again what may have arrived': { adapter: resends, found: /was sent twice/ },
  'an adapter that takes silence for absence': {
    adapter: takesSilenceForAbsence,
    found: /given up as absent and is at the venue/,
  },
  'an adapter that finds orders without their trades': { adapter: forgetsTrades, found: /the books say/ },
  'an adapter that leaves positions without the stop that it says is placed': {
    adapter: leavesNaked,
    found: /are guarded by stops of 0/,
  },
  'a journal whose commit does nothing': { journal: commitsNothing, found: /at the venue without an intent/ },
};
