import { describe, expect, it } from 'vitest';
import { backtest } from '../analysis/backtest.js';
import { aFill, anExecution, anOrder, aRefusal, aSignal } from '../test-support/events.js';
import { aFeedReport } from '../test-support/feed-report.js';
import { ScriptedBot } from '../test-support/scripted-bot.js';
import { type SimulationOptions, simulatedRun } from '../test-support/simulated-run.js';
import { faultsOf } from '../test-support/well-formed.js';
import { toHtml } from './to-html.js';

const month = simulatedRun({ days: 31 });
const pageOf = async (options: SimulationOptions = {}, title = 'A run'): Promise<string> =>
  toHtml(Object.keys(options).length === 0 ? await month : await simulatedRun(options), { title });

/** Requests that a browser would make while it shows the page. */
const requests = (html: string): string[] =>
  [...html.matchAll(/(?:src|href|xlink:href|action|poster|data)="([^"#][^"]*)"|url\(([^)]*)\)|@import/g)].map(
    ([whole]) => whole,
  );

describe('toHtml', () => {
  it('writes one well-formed page that asks for nothing from anywhere', async () => {
    const html = await pageOf();
    expect(html).toMatch(/^<!DOCTYPE html>\n<html lang="en">/);
    expect(faultsOf(html)).toEqual([]);
    expect(requests(html)).toEqual([]);
    expect(html.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:\/\//);
    expect(html).toContain('default-src &#39;none&#39;');
  });

  it('draws equity, price, funnel, heat map and histogram, for desks and for phones', async () => {
    const html = await pageOf();
    const pictures = [
      'Equity and drawdown over time',
      'Price of EURUSD with entries and exits',
      'Signals by weekday and hour',
      'trades in R',
      'taken by the venue',
    ];
    for (const picture of pictures) {
      expect(html.match(new RegExp(`aria-label="[^"]*${picture}`, 'g')), picture).toHaveLength(2);
    }
    expect(html).toContain('prefers-color-scheme: dark');
  });

  it('marks every trade on the price with what it was', async () => {
    const html = await pageOf();
    const { trades, openTrades } = await month;
    for (const { number } of [...trades, ...openTrades]) expect(html).toContain(`<title>#${number} `);
  });

  it('tells the same figures as the result', async () => {
    const html = await pageOf();
    const { performance, decisionsHash, funnel } = await month;
    expect(html).toContain(`<code class="hash">${decisionsHash}</code>`);
    expect(html).toContain(`<span class="value">${performance.trades.trades}</span>`);
    expect(html).toContain(`<span class="value">${performance.trades.profitFactor?.toFixed(2)}</span>`);
    for (const { code } of funnel.refusals) expect(html).toContain(`>${code}</code>`);
    expect(html).toContain('The spread was wider than allowed.');
    expect(html).toContain('>London + New York</');
  });

  it('renders a run without a tick, and says that there is nothing', async () => {
    const html = await pageOf({ days: 0 });
    expect(faultsOf(html)).toEqual([]);
    for (const text of [
      'Nothing was observed',
      'No signals: nothing was decided.',
      'No finished trades.',
      'no data',
    ]) {
      expect(html).toContain(text);
    }
  });

  it('renders a market without a signal', async () => {
    const quiet = await backtest(
      new ScriptedBot((bot) => {
        for (let i = 0; i < 50; i++) bot.tick('EURUSD', Date.UTC(2024, 2, 5) + i * 60_000, 1.1, 1.1001);
      }),
    );
    const html = toHtml(quiet, { title: 'Quiet' });
    expect(faultsOf(html)).toEqual([]);
    expect(html).toContain(
      'the account stayed at 10,000.00 USD in 0 trades, so there is no result to judge.',
    );
  });

  it('renders a single trade without a stop', async () => {
    const one = await backtest(
      new ScriptedBot((bot) => {
        const time = Date.UTC(2024, 2, 5);
        bot.tick('EURUSD', time, 1.1, 1.1001);
        const signal = aSignal({ time });
        bot.signals$.next(signal);
        bot.decisions$.next(anExecution(signal, anOrder()));
        bot.fill(aFill({ time }));
        bot.fill(
          aFill({
            time: time + 60_000,
            id: 's-1-x',
            side: 'sell',
            purpose: 'reduce',
            price: 1.09,
            profit: -1000,
          }),
        );
      }),
    );
    const html = toHtml(one, { title: 'One' });
    expect(faultsOf(html)).toEqual([]);
    expect(html).toContain('−1,000.00');
    expect(html).toContain('Results of 1 trade in USD');
  });

  it('tells what is earned from what floats', async () => {
    const open = await backtest(
      new ScriptedBot((bot) => {
        const time = Date.UTC(2024, 2, 5);
        bot.tick('EURUSD', time, 1.1, 1.1001);
        bot.fill(aFill({ time }));
        bot.fill(
          aFill({ time: time + 60_000, side: 'sell', purpose: 'reduce', price: 1.1007, profit: 74.2 }),
        );
        bot.fill(aFill({ time: time + 120_000, price: 1.1, commission: 2 }));
        bot.tick('EURUSD', time + 180_000, 1.105, 1.1051);
        bot.floating = 500;
      }),
    );
    const html = toHtml(open, { title: 'Open' });
    expect(html).toContain(
      'the account went from 10,000.00 to 10,572.20 USD: +74.20 of 1 finished trade, +500.00 floating in 1 open one, −2.00 realised in the open one, commission included.',
    );
    const list = html.slice(html.indexOf('<section id="trades">'));
    expect(list).toContain('<td class="num gain">+500.00 floating</td>');
    expect(list).toContain('<td class="num gain">+74.20</td>');
  });

  it('says how much of the data is missing and lists the longest hole first', async () => {
    const hole = (day: number, minutes: number) => {
      const from = Date.UTC(2024, 2, day);
      return { symbol: 'EURUSD', from, to: from + 40 * 86_400_000, missingMs: minutes * 60_000, missing: 1 };
    };
    // A file after another: the longest hole is in the second.
    const [first, second] = [aFeedReport('a.csv'), aFeedReport('b.csv', 'EURUSD', 84)];
    const files = [
      ...first.files.map((file) => ({ ...file, longestGaps: [hole(5, 10)] })),
      ...second.files.map((file) => ({ ...file, longestGaps: [hole(6, 20)] })),
    ];
    const feed = { symbols: ['EURUSD'], report: () => ({ ...first, files }) };
    const result = await backtest(new ScriptedBot(() => undefined), { feed });
    const html = toHtml(result, { title: 'Holes' });
    const section = html.slice(html.indexOf('<section id="data">'));
    // 20 + 84 of 300 bars.
    expect(section).toContain(
      '<p>35 % of the bars are missing; the longest hole is 2024-03-06 to 2024-04-15.</p>',
    );
    expect(section.indexOf('2024-03-06 00:00')).toBeLessThan(section.indexOf('2024-03-05 00:00'));
  });

  it('shouts when there were no costs, and when nobody said which', async () => {
    const free = await pageOf({ days: 3, costs: 'none' });
    expect(free).toContain('<span class="badge">COSTS: NONE</span>');
    expect(free).toMatch(/<p class="shout">COSTS: NONE\./);
    const unstated = toHtml(await backtest(new ScriptedBot(() => undefined)), { title: 'x' });
    expect(unstated).toContain('<span class="badge">COSTS: NOT STATED</span>');
    expect(await pageOf()).not.toContain('class="badge"');
  });

  it('lets no text from outside become markup', async () => {
    const evil = '<script>alert("1")</script>&\'';
    const feed = { symbols: [], report: () => aFeedReport(evil, evil) };
    const result = await backtest(
      new ScriptedBot((bot) => {
        const time = Date.UTC(2024, 2, 5);
        bot.tick('EURUSD', time, 1.1, 1.1001);
        const signal = aSignal({ time, source: evil });
        bot.signals$.next(signal);
        bot.decisions$.next(aRefusal(signal, { rule: evil, code: evil, limit: evil, actual: evil }));
        bot.issues$.next({ code: 'STALE', detail: evil, time, symbol: evil });
        bot.fill(aFill({ time, owner: evil, signal: evil }));
        bot.fill(aFill({ time: time + 1, owner: evil, side: 'sell', purpose: 'reduce' }));
        bot.fill(aFill({ time: time + 2 }));
        bot.fill(aFill({ time: time + 3, side: 'sell', purpose: 'reduce' }));
      }),
      { feed, costs: { name: evil, lines: [evil] }, sessionOf: () => evil },
    );
    const section = { id: evil, title: evil, html: '<p>mine</p>' };
    const html = toHtml(result, { title: evil, sections: [section], meanings: { [evil]: evil } });
    expect(html).not.toContain('<script>alert');
    expect(html.match(/&lt;script&gt;alert/g)?.length).toBeGreaterThan(12);
    expect(faultsOf(html)).toEqual([]);
  });

  it('takes in the sections of other packages under their own headings', async () => {
    const section = { id: 'quality', title: 'Quality of the bot', html: '<p>Cpk 1.33</p>' };
    const html = toHtml(await month, { title: 'With more', sections: [section] });
    expect(html).toContain('<section id="quality">\n<h2>Quality of the bot</h2>\n<p>Cpk 1.33</p>');
    expect(html).toContain('<a href="#quality">Quality of the bot</a>');
  });

  it('lists 500 trades and counts the rest', async () => {
    const busy = await backtest(
      new ScriptedBot((bot) => {
        for (let i = 0; i < 520; i++) {
          const time = Date.UTC(2024, 2, 5) + i * 60_000;
          bot.fill(aFill({ time }));
          bot.fill(aFill({ time: time + 1000, side: 'sell', purpose: 'reduce', profit: i - 200 }));
        }
      }),
    );
    const html = toHtml(busy, { title: 'Busy' });
    const list = html.slice(html.indexOf('<section id="trades">'));
    expect(list.match(/<tr>/g)).toHaveLength(501);
    expect(list).toContain('20 more trades in the JSON of this result.');
  });
});
