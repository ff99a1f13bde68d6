import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { hasCompiler } from './index.js';
import {
  type BenchOptions,
  buildTerminalProbe,
  buy,
  requestWords,
  startTerminalBench,
  type TerminalBench,
} from './testing/terminal-bench.js';

let bench: TerminalBench;
const begin = async (options: BenchOptions = {}) => {
  bench = await startTerminalBench(options);
  return bench;
};

describe.skipIf(!hasCompiler())('the terminal of the MQL5 host (needs g++)', () => {
  beforeAll(async () => {
    await buildTerminalProbe();
  }, 300_000);
  afterEach(() => bench.close());

  describe('selecting', () => {
    it('copies a position: what is read later is what it was, until it is selected again', async () => {
      const { server, probe } = await begin();
      const first = server.controls.byHand('EURUSD', 0.1, { comment: 'one' });
      const second = server.controls.byHand('EURUSD', -0.2);
      await probe.ask('clock');
      expect(await probe.ask('positions')).toEqual([`${first} EURUSD`, `${second} EURUSD`]);
      expect(await probe.ask(`position ${first}`)).toEqual(['true 0']);
      const before = `${first} POSITION_TYPE_BUY 0.10 1.08510 1.08500 -1.00 0 one`;
      expect(await probe.ask('selected')).toEqual([before]);
      server.controls.quote('EURUSD', 1.086, 1.0861);
      await probe.terminal.waitFor('event tick 1.08600');
      expect(await probe.ask('selected')).toEqual([before]);
      await probe.ask(`position ${first}`);
      expect(await probe.ask('selected')).toEqual([
        `${first} POSITION_TYPE_BUY 0.10 1.08510 1.08600 9.00 0 one`,
      ]);
      server.controls.byHand('EURUSD', -0.1, { position: first });
      await probe.terminal.waitFor(/TRADE_TRANSACTION_DEAL_ADD/);
      expect(await probe.ask(`position ${first}`)).toEqual(['false 4753']);
      expect((await probe.ask('selected'))[0]).toMatch(new RegExp(`^${first} POSITION_TYPE_BUY`));
    });

    it('takes the position with the lowest ticket of a symbol, and knows symbols without one', async () => {
      const { server, probe } = await begin();
      const first = server.controls.byHand('EURUSD', 0.1);
      server.controls.byHand('EURUSD', 0.3);
      await probe.ask('clock');
      expect(await probe.ask('position-of EURUSD')).toEqual(['true 0']);
      expect((await probe.ask('selected'))[0]).toMatch(new RegExp(`^${first} `));
      expect(await probe.ask('position-of GBPUSD')).toEqual(['false 4753']);
    });

    it('keeps working orders and finished ones apart', async () => {
      const { probe } = await begin();
      const [, sent = ''] = await probe.ask(`send ${requestWords(5, { type: 2, volume: 0.1, price: 1.08 })}`);
      const ticket = sent.split(' ')[2];
      expect(await probe.ask('orders')).toEqual([ticket]);
      await probe.ask(`order ${ticket}`);
      expect(await probe.ask('selected-order')).toEqual([
        `${ticket} ORDER_TYPE_BUY_LIMIT ORDER_STATE_PLACED 1.08000`,
      ]);
      expect(await probe.ask(`history-order ${ticket}`)).toEqual(['false 4754']);
      await probe.ask(`send ${requestWords(8, { order: Number(ticket) })}`);
      expect(await probe.ask('orders')).toEqual([]);
      expect(await probe.ask(`order ${ticket}`)).toEqual(['false 4754']);
      expect(await probe.ask(`history-order ${ticket}`)).toEqual(['true 0']);
    });

    it('reads the history from the list that was selected last', async () => {
      const { server, probe } = await begin();
      const orders = [0.1, 0.2, 0.3].map((lots) => server.controls.byHand('EURUSD', lots));
      const { deals } = server.controls.truth();
      const trades = deals.filter((deal) => orders.includes(deal.order));
      await probe.ask('clock');
      expect(await probe.ask('history-lists')).toEqual([]);
      await probe.ask('history 0 99999999999');
      expect(await probe.ask('history-lists')).toEqual([
        ...orders.map((ticket) => `order ${ticket}`),
        ...deals.map(({ ticket }) => `deal ${ticket}`),
      ]);
      const [, second, third] = trades;
      await probe.ask(`history-of ${second?.positionId}`);
      expect(await probe.ask('history-lists')).toEqual([`order ${orders[1]}`, `deal ${second?.ticket}`]);
      expect(await probe.ask(`deal ${second?.ticket}`)).toEqual([
        `true DEAL_ENTRY_IN 0.20 ${second?.positionId} `,
      ]);
      expect((await probe.ask(`deal ${third?.ticket}`))[0]).toMatch(/^false/);
      await probe.ask(`history-deal ${third?.ticket}`);
      expect(await probe.ask('history-lists')).toEqual([`order ${orders[1]}`, `deal ${third?.ticket}`]);
      const seconds = Math.floor((third?.time ?? 0) / 1000);
      await probe.ask(`history ${seconds + 1} ${seconds + 100}`);
      expect(await probe.ask('history-lists')).toEqual([]);
    });
  });

  describe('trading', () => {
    it('sends a market order and tells its transactions in order, then OnTrade', async () => {
      const { probe } = await begin();
      const answer = await probe.ask(`send ${buy(0.1)}`);
      const [order = 0, deal = 0] = [/10009 (\d+)/, /10009 \d+ (\d+)/].map((one) =>
        Number(one.exec(answer[1] ?? '')?.[1]),
      );
      expect(answer).toEqual(['sending', `true 10009 ${order} ${deal} 0`]);
      await probe.terminal.waitFor('event trade');
      expect(probe.events).toEqual([
        `TRADE_TRANSACTION_ORDER_ADD order=${order} deal=0 position=0`,
        `TRADE_TRANSACTION_DEAL_ADD order=${order} deal=${deal} position=${order}`,
        `TRADE_TRANSACTION_ORDER_DELETE order=${order} deal=0 position=${order}`,
        `TRADE_TRANSACTION_HISTORY_ADD order=${order} deal=0 position=${order}`,
        'TRADE_TRANSACTION_REQUEST 1 10009 probe',
        'trade',
      ]);
    });

    it('answers an asynchronous order at once; its result comes as a transaction', async () => {
      const { server, probe } = await begin({ before: (mt5) => mt5.controls.delayNextResult(100) });
      expect(
        await probe.ask(`async ${requestWords(1, { type: 1, volume: 0.1, price: 1.085, comment: 'later' })}`),
      ).toEqual(['sending', 'true 10008 0 0 0']);
      await probe.terminal.waitFor('TRADE_TRANSACTION_REQUEST 1 10009 later');
      expect(server.controls.truth().positions).toHaveLength(1);
    });

    it('tells a refusal by its code', async () => {
      const { probe } = await begin({ before: (mt5) => mt5.controls.refuseNext(10019) });
      expect(await probe.ask(`send ${buy(0.1)}`)).toEqual(['sending', 'false 10019 0 0 4756']);
    });

    it('gives up waiting for an answer, and tells the late one as a transaction', async () => {
      const { probe } = await begin({
        before: (mt5) => mt5.controls.delayNextResult(400),
        terminal: { more: ['--order-timeout', '150'] },
      });
      expect(await probe.ask(`send ${buy(0.1)}`)).toEqual(['sending', 'false 10012 0 0 4756']);
      await probe.terminal.waitFor('TRADE_TRANSACTION_REQUEST 1 10009 probe');
      expect(await probe.ask('positions')).toHaveLength(1);
    });

    it('answers an order by "no connection" when the line breaks while it waits', async () => {
      const { server, probe } = await begin({ before: (mt5) => mt5.controls.loseNextResult() });
      const answer = probe.ask(`send ${buy(0.1)}`);
      await vi.waitFor(() => expect(server.requests).toHaveLength(1));
      server.controls.disconnectTerminals();
      expect(await answer).toEqual(['sending', 'false 10031 0 0 4756']);
      // What became of it is seen after the next login.
      await vi.waitFor(async () => expect(await probe.ask('positions')).toHaveLength(1));
    });

    it('lets nothing out when trading is not allowed', async () => {
      const { server, probe } = await begin({ terminal: { more: ['--allow-trading', '0'] } });
      expect(await probe.ask(`send ${buy(0.1)}`)).toEqual(['sending', 'false 10027 0 0 4752']);
      expect(server.requests).toEqual([]);
    });

    it('checks a request without sending it', async () => {
      const { server, probe } = await begin();
      expect(await probe.ask(`check ${buy(0.1)}`)).toEqual(['true 0 108.51 9891.49']);
      expect(await probe.ask(`check ${buy(0.015)}`)).toEqual([expect.stringMatching(/^false 10014/)]);
      expect(await probe.ask(`check ${buy(0.1, { sl: 1.09 })}`)).toEqual([
        expect.stringMatching(/^false 10016/),
      ]);
      expect(await probe.ask(`check ${buy(50)}`)).toEqual([expect.stringMatching(/^false 10019/)]);
      expect(server.requests).toEqual([]);
    });

    it('calculates profit and margin, converted to the currency of the account', async () => {
      const { probe } = await begin({ before: (mt5) => mt5.controls.quote('USDJPY', 150, 150.02) });
      expect(await probe.ask('calc EURUSD 0 1 1.08000 1.08100')).toEqual(['true 100.00 1085.10']);
      // A profit of 10,000 JPY is sold at the ask of USDJPY, a loss bought at its bid.
      expect(await probe.ask('calc USDJPY 0 1 150.000 150.100')).toEqual(['true 66.66 1000.00']);
      expect(await probe.ask('calc USDJPY 1 1 150.000 150.100')).toEqual(['true -66.67 1000.00']);
    });

    it('shows the account by its newest quote', async () => {
      const { server, probe } = await begin();
      await probe.ask(`send ${buy(0.1)}`);
      server.controls.quote('EURUSD', 1.0861, 1.0862);
      await probe.terminal.waitFor('event tick 1.08610');
      const { account } = server.controls.truth();
      expect(account.equity).toBe(10_010);
      expect(await probe.ask('account')).toEqual([
        `5000001 USD 100 10000.00 10.00 10010.00 ${account.margin.toFixed(2)} ${account.freeMargin.toFixed(2)}`,
      ]);
    });
  });
});
