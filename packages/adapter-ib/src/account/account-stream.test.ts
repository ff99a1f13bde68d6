import { type AccountState, VirtualClock } from '@mikrobot/core';
import { describe, expect, it } from 'vitest';
import { scriptedLine } from '../testing/scripted-line.js';
import { AccountStream } from './account-stream.js';
import { isLiveAccount } from './account-values.js';

const start = () => {
  const clock = new VirtualClock(Date.UTC(2024, 0, 10, 15));
  const line = scriptedLine();
  const told: AccountState[] = [];
  const facts = { id: 'DU1', live: false, leverage: () => 1 };
  const stream = new AccountStream({ clock, facts, tell: (state) => told.push(state) });
  const leave = stream.attach(line);
  const id = String(line.sentAs('reqAccountUpdatesMulti')[0]?.[0]);
  const value = (key: string, amount: string, currency = 'USD', account = 'DU1'): void =>
    line.receive(73, 1, id, account, '', key, amount, currency);
  const rest = (): void => clock.advance(clock.now() + 1_000);
  const first = (): void => {
    value('NetLiquidation', '1000.00');
    value('UnrealizedPnL', '0.00', 'BASE');
    value('FullInitMarginReq', '0.00');
    line.receive(74, 1, id);
  };
  return { clock, line, told, stream, leave, value, rest, first, id };
};

describe('The stream of an account', () => {
  it('is told once its values have come to rest, so that no balance is half new', () => {
    const { clock, told, value, rest, first } = start();
    first();
    rest();
    // A trade that gained 50 while 20 floated before: one after the other, as TWS sends them.
    value('NetLiquidation', '1050.00');
    clock.advance(clock.now() + 100);
    value('UnrealizedPnL', '-5.00', 'BASE');
    rest();
    expect(told.map(({ balance, equity }) => [balance, equity])).toEqual([
      [1_000, 1_000],
      [1_055, 1_050],
    ]);
  });

  it('tells nothing before the list is whole, of other accounts, or when nothing changed', () => {
    const { told, value, rest, first, line, id } = start();
    value('NetLiquidation', '1000.00');
    rest();
    expect(told).toEqual([]);
    first();
    rest();
    value('NetLiquidation', '9.00', 'USD', 'DU2');
    value('NetLiquidation', '1000.00');
    value('NetLiquidation', '12abc');
    value('NetLiquidation', '1.7976931348623157E308');
    line.receive(73, 1, id, 'DU1', '', 'AccountReady', 'true', '');
    rest();
    expect(told).toHaveLength(1);
  });

  it('knows the rates of currencies and the profit of the day', () => {
    const { stream, first, value, line } = start();
    first();
    value('ExchangeRate', '1.0850', 'EUR');
    expect([stream.values.rate('EUR'), stream.values.rate('USD'), stream.values.rate('JPY')]).toEqual([
      1.085,
      1,
      undefined,
    ]);
    const pnl = Number(line.sentAs('reqPnL')[0]?.[0]);
    line.receive(94, pnl, 12.5, 7.25, 5.25);
    expect(stream.pnl).toEqual({ daily: 12.5, unrealised: 7.25, realised: 5.25 });
    // The largest double says that a figure is not set. Source: comment of the Java client, readDouble.
    line.receive(94, pnl, 12.5, '1.7976931348623157E308', 5.25);
    expect(stream.pnl?.unrealised).toBeUndefined();
  });

  it('of another line is told when its list is whole', () => {
    const { told, first, rest, stream, leave } = start();
    first();
    rest();
    leave();
    const next = scriptedLine();
    stream.attach(next);
    const id = String(next.sentAs('reqAccountUpdatesMulti')[0]?.[0]);
    const value = (key: string, amount: string): void =>
      next.receive(73, 1, id, 'DU1', '', key, amount, 'USD');
    value('NetLiquidation', '900.00');
    rest();
    expect(told).toHaveLength(1);
    value('FullInitMarginReq', '0.00');
    next.receive(74, 1, id);
    rest();
    expect(told.map(({ equity }) => equity)).toEqual([1_000, 900]);
  });

  it('ends with its line, and leaves no timer', () => {
    const { told, first, leave, rest, line } = start();
    first();
    leave();
    rest();
    expect(told).toEqual([]);
    expect(line.sent.map(({ name }) => name).slice(-2)).toEqual(['cancelAccountUpdatesMulti', 'cancelPnL']);
  });
});

describe('An account', () => {
  it.each([
    ['DU1234567', false],
    ['DF1234567', false],
    ['du1', false],
    ['U1234567', true],
    ['F1234567', true],
    ['I1234567', true],
  ])('%s is of real money: %s', (id, live) => {
    expect(isLiveAccount(id)).toBe(live);
  });
});
