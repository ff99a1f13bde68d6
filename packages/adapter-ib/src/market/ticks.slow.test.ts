import { expect, it } from 'vitest';
import { benchTicks } from '../testing/tick-bench.js';

it('Ticks of a socket become ticks of the model at 100,000 a second or more', async () => {
  const figures = await benchTicks(200_000);
  const pace = (name: string): number =>
    Math.round(figures.find((figure) => figure.name === name)?.ticksPerSecond ?? 0);
  console.info(figures.map(({ name }) => `${name}: ${pace(name).toLocaleString('en')}/s`).join('\n'));
  expect(pace('from socket to tick')).toBeGreaterThan(100_000);
});
