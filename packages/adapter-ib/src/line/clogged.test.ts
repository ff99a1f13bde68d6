import { VirtualClock } from '@mikrobot/core';
import { OrderAction, OrderType, SecType } from '@stoqey/ib';
import { expect, it } from 'vitest';
import { lineBench } from '../testing/test-line.js';
import { openLine } from './open-line.js';

const { serve } = lineBench();

const apple = { symbol: 'AAPL', secType: SecType.STK, exchange: 'SMART', currency: 'USD' };

it('an order whose turn comes when TWS has stopped reading is dropped, and its sender told', async () => {
  const server = await serve();
  const clock = new VirtualClock(Date.UTC(2024, 0, 10, 15));
  const line = await openLine({
    host: '127.0.0.1',
    port: server.port,
    clientId: 7,
    clock,
    messagesPerSecond: 3,
  });
  server.client.socket.pause();
  const unsent: number[] = [];
  const order = (id: number, orderRef: string): boolean =>
    line.send(
      (commands) =>
        commands.placeOrder(id, apple, {
          action: OrderAction.BUY,
          totalQuantity: 1,
          orderType: OrderType.MKT,
          orderRef,
        }),
      'order',
      () => unsent.push(id),
    );
  for (let i = 0; i < 3; i++) order(1, 'a');
  order(2, 'x'.repeat(10_000_000));
  order(3, 'a');
  expect(unsent).toEqual([]);
  clock.advance(clock.now() + 1_001);
  expect(unsent).toEqual([3]);
  line.close('end of the test');
});
