import type { Handlers } from '../../handler.js';
import type { TwsSession } from '../../session.js';
import { midnight, wallClock } from '../../times.js';
import type { SimulatedAccount } from '../account.js';
import type { AccountFeed } from '../account-feed.js';
import { accountValues, realizedSince } from '../account-values.js';
import type { Holding } from '../holding.js';
import { markOf } from '../margin.js';
import {
  type AccountValue,
  accountEndMessage,
  accountMultiEndMessage,
  accountMultiMessage,
  accountTimeMessage,
  accountValueMessage,
  portfolioMessage,
  summaryEndMessage,
  summaryMessage,
} from '../messages/account-messages.js';
import { refusals } from '../refusal.js';
import type { ExchangeState } from '../state.js';

/** Source: TWS API, "Account Summary": two requests at most are active at a time. */
const MOST_SUMMARIES = 2;

/** Tells values, and from the second time on only those that have changed. */
const changes = (tell: (value: AccountValue) => void): ((values: readonly AccountValue[]) => void) => {
  const told = new Map<string, string>();
  return (values) => {
    for (const value of values) {
      const key = `${value.key} ${value.currency}`;
      if (told.get(key) === value.value) continue;
      told.set(key, value.value);
      tell(value);
    }
  };
};

/** Answers messages 6, 62, 63, 76 and 77: figures of accounts, and their changes. */
export const accountHandlers = (state: ExchangeState, feed: AccountFeed): Handlers => {
  const { accounts, market, clock, zone } = state;
  const today = (): number => midnight(zone, clock.now());
  const valuesOf = (account: SimulatedAccount): readonly AccountValue[] =>
    accountValues(market, account, today());
  const accountOf = (id: string): SimulatedAccount | undefined =>
    id === '' ? [...accounts.values()][0] : accounts.get(id);

  const portfolio = (session: TwsSession, account: SimulatedAccount, holding: Holding): void => {
    const { contract } = holding;
    const realized = realizedSince(account, today(), contract.contractId);
    session.send(portfolioMessage(account.id, holding, markOf(market, holding), realized));
  };

  const follow = (session: TwsSession, account: SimulatedAccount): void => {
    const tell = changes((value) => session.send(accountValueMessage(account.id, value)));
    const all = (): void => {
      tell(valuesOf(account));
      for (const holding of account.holdings)
        if (holding.quantity !== 0) portfolio(session, account, holding);
      session.send(accountTimeMessage(wallClock(zone, clock.now()).clock));
    };
    all();
    session.send(accountEndMessage(account.id));
    feed.add({
      session,
      kind: 'updates',
      id: 0,
      every: 'three minutes',
      passed: all,
      booked: (booked, contract) => {
        if (booked !== account) return;
        portfolio(session, account, account.holding(contract));
        tell(valuesOf(account));
      },
    });
  };

  return {
    6: (session, fields) => {
      fields.skip(1);
      const wanted = fields.boolean();
      const account = accountOf(fields.string());
      if (!wanted) feed.remove(session, 'updates');
      else if (account === undefined) session.error(-1, refusals.badAccount.code, refusals.badAccount.text);
      else follow(session, account);
    },
    62: (session, fields) => {
      fields.skip(1);
      const requestId = fields.integer();
      fields.skip(1);
      const tags = new Set(
        fields
          .string()
          .split(',')
          .map((tag) => tag.trim()),
      );
      if (feed.count(session, 'summary') >= MOST_SUMMARIES) {
        session.error(
          requestId,
          322,
          "Error processing request.-'cl' : cause - Maximum number of account summary requests exceeded",
        );
        return;
      }
      const tellers = [...accounts.values()].map((account) => {
        const tell = changes((value) => session.send(summaryMessage(requestId, account.id, value)));
        // A ledger's figures have tags of their own ($LEDGER), which the simulator does not tell.
        return (): void =>
          tell(valuesOf(account).filter(({ key, currency }) => tags.has(key) && currency !== 'BASE'));
      });
      for (const tell of tellers) tell();
      session.send(summaryEndMessage(requestId));
      const passed = (): void => tellers.forEach((tell) => void tell());
      feed.add({ session, kind: 'summary', id: requestId, every: 'three minutes', passed });
    },
    63: (session, fields) => {
      fields.skip(1);
      feed.remove(session, 'summary', fields.integer());
    },
    76: (session, fields) => {
      fields.skip(1);
      const requestId = fields.integer();
      const account = accountOf(fields.string());
      if (account === undefined) {
        session.error(requestId, refusals.badAccount.code, refusals.badAccount.text);
        return;
      }
      const tell = changes((value) => session.send(accountMultiMessage(requestId, account.id, value)));
      const all = (): void => tell(valuesOf(account));
      all();
      session.send(accountMultiEndMessage(requestId));
      const booked = (of: SimulatedAccount): void => {
        if (of === account) all();
      };
      feed.add({
        session,
        kind: 'updates-multi',
        id: requestId,
        every: 'three minutes',
        passed: all,
        booked,
      });
    },
    77: (session, fields) => {
      fields.skip(1);
      feed.remove(session, 'updates-multi', fields.integer());
    },
  };
};
