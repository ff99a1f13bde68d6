import { VirtualClock } from '@mikrobot/core';
import { EventEmitter } from 'eventemitter3';
import { beforeEach, describe, expect, it } from 'vitest';
import { LineEndedError, TwsError } from '../errors.js';
import type { LineEvents, Request } from './line.js';
import { Requests } from './requests.js';

let clock: VirtualClock;
let events: EventEmitter;
let asked: string[];
let gaveUp: string[];
let requests: Requests;
let takes: boolean;

beforeEach(() => {
  clock = new VirtualClock(1_000);
  events = new EventEmitter();
  asked = [];
  gaveUp = [];
  takes = true;
  let id = 100;
  requests = new Requests({
    clock,
    events: events as unknown as LineEvents,
    name: 'test',
    send: (command) => {
      if (takes) command({} as never);
      return takes;
    },
    nextId: () => id++,
    giveUp: (why) => {
      gaveUp.push(why);
      requests.end(why);
    },
  });
});

const orders = (what: string, alone?: string): Request<number> => ({
  what,
  timeout: 1_000,
  ...(alone === undefined ? {} : { alone }),
  ask: (_, id) => asked.push(`${what} ${id}`),
  listen: (_, __, add, done) => {
    events.on('part', add);
    events.on('end', done);
    return () => {
      events.off('part', add);
      events.off('end', done);
    };
  },
});

const turns = async (): Promise<void> => {
  for (let i = 0; i < 10; i++) await Promise.resolve();
};
const code = (error: unknown): string | undefined => (error as { code?: string }).code;

describe('a request', () => {
  it('gives all parts when the end has come, and stops listening', async () => {
    const answer = requests.request(orders('open orders'));
    events.emit('part', 1);
    events.emit('part', 2);
    events.emit('end');
    expect(await answer).toEqual([1, 2]);
    expect(events.eventNames()).toEqual([]);
  });

  it('gives nothing, not even parts, when the end does not come in time', async () => {
    const answer = requests.request(orders('open orders')).catch((error: unknown) => error);
    events.emit('part', 1);
    clock.advance(2_000);
    expect(await answer).toMatchObject({ code: 'TIMED_OUT', where: 'open orders' });
    expect(events.eventNames()).toEqual([]);
  });

  it('fails with the error of TWS that has its id, and with no other', async () => {
    const answer = requests.request(orders('open orders')).catch((error: unknown) => error);
    expect(requests.take({ id: 99, code: 200, text: 'no' })).toBe(false);
    expect(requests.take({ id: 100, code: 200, text: 'No security definition' })).toBe(true);
    expect(await answer).toBeInstanceOf(TwsError);
    expect(await answer).toMatchObject({ twsCode: 200, where: 'open orders' });
  });

  it('goes on after information, and after codes that it tolerates', async () => {
    const answer = requests.request({ ...orders('bars'), tolerate: [366] });
    // 2174 is a warning about time zones; source: message codes of IB, 2100 to 2169 and later.
    expect(requests.take({ id: 100, code: 2_174, text: 'zone' })).toBe(false);
    expect(requests.take({ id: 100, code: 366, text: 'no query' })).toBe(false);
    events.emit('end');
    expect(await answer).toEqual([]);
  });

  it('fails when a message was lost that may have been a part', async () => {
    const answer = requests.request(orders('open orders')).catch(code);
    requests.failAll('message 5 too short');
    events.emit('end');
    expect(await answer).toBe('TIMED_OUT');
  });

  it('fails when the line ends, or when it cannot be sent', async () => {
    const answer = requests.request(orders('open orders')).catch((error: unknown) => error);
    requests.end('gone');
    expect(await answer).toBeInstanceOf(LineEndedError);
    expect(await requests.request(orders('later')).catch((error: unknown) => error)).toBeInstanceOf(
      LineEndedError,
    );
    expect(asked).toEqual(['open orders 100']);
  });

  it('fails when the line does not take it', async () => {
    takes = false;
    await expect(requests.request(orders('open orders'))).rejects.toThrow('not sent');
  });

  it('fails with what its own sending throws', async () => {
    const failing = {
      ...orders('open orders'),
      ask: () => {
        throw new Error('bad contract');
      },
    };
    await expect(requests.request(failing)).rejects.toThrow('bad contract');
    expect(events.eventNames()).toEqual([]);
  });
});

describe('requests whose answers carry no id', () => {
  it('wait for each other, so that one does not end with the end of another', async () => {
    const first = requests.request(orders('first', 'orders'));
    const second = requests.request(orders('second', 'orders'));
    await turns();
    expect(asked).toEqual(['first 100']);
    events.emit('part', 1);
    events.emit('end');
    expect(await first).toEqual([1]);
    await turns();
    expect(asked).toEqual(['first 100', 'second 101']);
    events.emit('part', 2);
    events.emit('end');
    expect(await second).toEqual([2]);
  });

  it('do not wait for those of another name', async () => {
    void requests.request(orders('first', 'orders'));
    void requests.request(orders('second', 'positions'));
    await turns();
    expect(asked).toHaveLength(2);
  });

  it('do not take the late end of one that timed out for their own', async () => {
    const first = requests.request(orders('first', 'orders')).catch(code);
    const second = requests.request(orders('second', 'orders'));
    clock.advance(2_100);
    expect(await first).toBe('TIMED_OUT');
    await turns();
    expect(asked).toEqual(['first 100']);
    events.emit('part', 1);
    events.emit('end');
    await turns();
    expect(asked).toEqual(['first 100', 'second 101']);
    events.emit('end');
    expect(await second).toEqual([]);
  });

  it('end the line when that end never comes: it could come at any time', async () => {
    const first = requests.request(orders('first', 'orders')).catch(code);
    const second = requests.request(orders('second', 'orders')).catch((error: unknown) => error);
    clock.advance(2_100);
    expect(await first).toBe('TIMED_OUT');
    clock.advance(4_000);
    expect(gaveUp).toEqual(['it did not end its answer (first)']);
    expect(await second).toBeInstanceOf(LineEndedError);
    expect(asked).toHaveLength(1);
  });
});
