import { instrumentOf, paper } from '@mikrobot/adapter-paper';
import { type Bot, createBot, defineStrategy, type Enricher, fixedQuantity } from '@mikrobot/core';
import { NEVER } from 'rxjs';

const quiet = defineStrategy({ name: 'quiet', timeframes: ['M1'], signals: () => NEVER });

/** What a message leaves open: a stop 20 pips away and a confidence. */
const complete: Enricher = {
  name: 'complete',
  enrich: ({ side, quote: { bid } }) => ({
    stop: side === 'buy' ? bid - 0.002 : bid + 0.002,
    confidence: 0.9,
  }),
};

/** A bot that trades EURUSD on paper; the market stands at 1.085. */
export const tradingBot = async (): Promise<{ readonly bot: Bot; readonly stop: () => Promise<void> }> => {
  const adapter = paper({
    costs: 'none',
    balance: { USD: '10000' },
    instruments: [instrumentOf('EURUSD')],
  });
  const bot = createBot({
    adapter,
    run: [{ strategy: quiet, symbol: 'EURUSD' }],
    enrich: [complete],
    risk: fixedQuantity({ lots: 0.1 }),
  });
  const ran = bot.run();
  await new Promise<void>((resolve) => {
    bot.state$.subscribe((state) => state === 'active' && resolve());
  });
  const time = Date.UTC(2025, 6, 23, 15);
  adapter.feedTick({ symbol: 'EURUSD', time, bid: 1.085, ask: 1.0851, volume: 1 });
  return {
    bot,
    async stop() {
      await bot.stop('the test is over');
      await ran;
    },
  };
};
