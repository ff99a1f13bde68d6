import { freemem } from 'node:os';
import { getHeapStatistics } from 'node:v8';
import { type Check, fail, ok, warn } from './check.js';

/** The oldest Node that can `require()` ES modules without a flag. */
const OLDEST = [20, 19] as const;
const LTS = 'Install the present LTS of Node.js from nodejs.org.';

/** Whether a version such as `20.19.0` is new enough. */
export const checkNode = (version: string): Check => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const tooOld = major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]);
  return tooOld ? fail('Node.js', `${version}, older than ${OLDEST.join('.')}`, LTS) : ok('Node.js', version);
};

const MEGABYTE = 1024 ** 2;
/** A back-test streams its data; what it keeps (trades, curves, the report) fits in this, in MB. */
const ENOUGH_MEMORY = 512;

/** Whether a report of a long run fits into memory. Sizes in bytes. */
export const checkMemory = (
  heapLimit = getHeapStatistics().heap_size_limit,
  free = Math.max(freemem(), process.availableMemory?.() ?? 0),
): Check => {
  const [heap, room] = [heapLimit, free].map((bytes) => Math.round(bytes / MEGABYTE)) as [number, number];
  const found = `${heap} MB for JavaScript, ${room} MB free`;
  if (heap < ENOUGH_MEMORY) {
    return warn('memory', found, `Give it more: NODE_OPTIONS=--max-old-space-size=${2 * ENOUGH_MEMORY}.`);
  }
  return room < ENOUGH_MEMORY
    ? warn('memory', found, 'Close other programs, or long runs may be ended by the system.')
    : ok('memory', found);
};
