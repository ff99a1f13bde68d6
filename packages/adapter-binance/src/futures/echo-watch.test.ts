import { VirtualClock } from '@mikrobot/core';
import { describe, expect, it } from 'vitest';
import { EchoWatch } from './echo-watch.js';

const watch = () => {
  const clock = new VirtualClock(1_000);
  const silent: string[] = [];
  return { clock, silent, echo: new EchoWatch(clock, 5_000, (id) => silent.push(id)) };
};

describe('The watch over what the venue must tell of', () => {
  it('calls a stream silent that tells nothing of an accepted order', () => {
    const { clock, silent, echo } = watch();
    echo.leaving('a')(true);
    clock.advance(5_999);
    expect(silent).toEqual([]);
    clock.advance(6_000);
    expect(silent).toEqual(['a']);
  });

  it('is content with an event before the answer, and with one after it', () => {
    const { clock, silent, echo } = watch();
    const early = echo.leaving('early');
    echo.heard('early');
    early(true);
    echo.leaving('late')(true);
    clock.advance(3_000);
    echo.heard('late');
    clock.advance(60_000);
    expect(silent).toEqual([]);
  });

  it('awaits nothing of an order that was not accepted, and nothing once it is cleared', () => {
    const { clock, silent, echo } = watch();
    echo.leaving('refused')(false);
    echo.leaving('down')(true);
    const open = echo.leaving('open');
    echo.clear();
    open(true);
    clock.advance(60_000);
    expect(silent).toEqual([]);
  });

  it('awaits news of a second command, though it heard of the first', () => {
    const { clock, silent, echo } = watch();
    const placed = echo.leaving('a');
    echo.heard('a');
    placed(true);
    echo.leaving('a')(true);
    clock.advance(60_000);
    expect(silent).toEqual(['a']);
  });
});
