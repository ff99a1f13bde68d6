import { expect, it } from 'vitest';
import { benchDecode } from '../testing/decode-bench.js';
import { hasRecording, recordedMessages } from '../testing/recording.js';

// Time of the processor, not of the wall: other processes do not make it slower.
const seconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

it.skipIf(!hasRecording())(
  'depth and trades of a recorded socket become events at 100,000 a second or more',
  () => {
    const figures = benchDecode(recordedMessages(), seconds);
    const pace = (name: string): number =>
      Math.round(figures.find((figure) => figure.name === name)?.messagesPerSecond ?? 0);
    console.info(figures.map(({ name }) => `${name}: ${pace(name).toLocaleString('en')}/s`).join('\n'));
    expect(pace('depth and trades')).toBeGreaterThan(100_000);
  },
);
