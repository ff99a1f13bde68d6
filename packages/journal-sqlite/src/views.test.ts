import Database from 'libsql';
import { expect, it } from 'vitest';
import { journalFile, story } from './testing/samples.js';
import { tempFolder } from './testing/temp-folder.js';

const temp = tempFolder();
const rows = (sql: string): readonly unknown[] => {
  const db = new Database(journalFile(temp('a'), story));
  const found = db.prepare(sql).raw().all();
  db.close();
  return found;
};

it('shows signals', () => {
  expect(rows('SELECT id, at, symbol, side, approves FROM signals')).toEqual([
    ['j1-0abc-1', 1_000, 'EURUSD', 'buy', null],
    ['j1-0abc-2', 1_500, 'GBPUSD', 'sell', null],
    ['j1-0abc-3', 2_000, 'EURUSD', 'buy', 'j1-0abc-1'],
  ]);
});

it('shows decisions with the rule that refused', () => {
  expect(rows('SELECT signal, outcome, "order", rule, code, "limit", actual FROM decisions')).toEqual([
    ['j1-0abc-1', 'held', null, null, null, null, null],
    ['j1-0abc-2', 'refused', null, 'limit', 'TOO_MUCH', 1, 2],
    ['j1-0abc-3', 'executed', 'j1-0abc-3-e', null, null, null, null],
  ]);
});

it('shows orders with what was last heard of them, and counts a trade that was told twice once', () => {
  expect(rows('SELECT id, signal, purpose, quantity, event, filled FROM orders')).toEqual([
    ['j1-0abc-3-e', 'j1-0abc-3', 'enter', 0.2, 'fill', 0.2],
    ['j1-0abc-3-es', 'j1-0abc-3', 'protect', 0.2, 'cancelled', 0],
  ]);
});

it('shows fills once each', () => {
  expect(rows('SELECT seq, signal, "order", tradeId, quantity, price FROM fills ORDER BY seq')).toEqual([
    [11, 'j1-0abc-3', 'j1-0abc-3-e', 't1', 0.1, 1.1],
    [13, 'j1-0abc-3', 'j1-0abc-3-e', 't2', 0.1, 1.1],
  ]);
});

it('shows finished round trips', () => {
  expect(rows('SELECT owner, symbol, side, quantity, profit, exit, closed - opened FROM trades')).toEqual([
    ['run', 'EURUSD', 'buy', 0.2, 12.5, 'order', 797],
  ]);
});
