import { MikroBotError } from '../errors/mikrobot-error.js';

/** One day of 24 hours, in ms. */
export const DAY_MS = 86_400_000;

/** Transitions are looked up for a block of days at a time, so that asking about distant times in turn stays cheap. */
const BLOCK_MS = 128 * DAY_MS;

/** A stretch of time in which a zone's offset does not change. */
interface Segment {
  /** Epoch ms, inclusive. */
  readonly from: number;
  /** Epoch ms, exclusive. */
  readonly to: number;
  /** Ms that local time is ahead of UTC. */
  readonly offset: number;
}

const NOWHEN: Segment = { from: Infinity, to: -Infinity, offset: 0 };

const formatOf = (zone: string): Intl.DateTimeFormat => {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch (cause) {
    throw new MikroBotError('BAD_CONFIG', `"${zone}" is not a time zone.`, {
      hint: 'Use an IANA name such as Europe/London.',
      cause,
    });
  }
};

/** An IANA time zone with its offsets remembered: `Intl` takes microseconds a call, this takes nanoseconds. */
export class Zone {
  readonly name: string;
  readonly #format: Intl.DateTimeFormat;
  readonly #blocks = new Map<number, readonly Segment[]>();
  #current: Segment = NOWHEN;

  /** @throws {@link MikroBotError} `BAD_CONFIG` when there is no zone of that name. */
  constructor(name: string) {
    this.name = name;
    this.#format = formatOf(name);
  }

  /**
   * Ms that local time is ahead of UTC at a moment.
   * @param time - epoch ms UTC
   */
  offsetAt(time: number): number {
    const current = this.#current;
    if (time >= current.from && time < current.to) return current.offset;
    return this.#segmentAt(time).offset;
  }

  /** The wall clock at a moment, as the epoch ms that a clock in UTC would show the same. */
  toLocal(time: number): number {
    return time + this.offsetAt(time);
  }

  /**
   * The first moment at which the wall clock shows `local` or, where a jump skips that, a later time.
   * @param local - as {@link toLocal} gives it
   */
  toUtc(local: number): number {
    const before = this.offsetAt(local - DAY_MS);
    const early = local - before;
    const segment = this.#segmentAt(early);
    if (segment.offset === before) return early;
    const late = local - segment.offset;
    if (late >= segment.from || this.offsetAt(late) === segment.offset) return late;
    // Clocks went forward over `local`: it never was, and the day goes on at the jump.
    return segment.from;
  }

  #segmentAt(time: number): Segment {
    const block = Math.floor(time / BLOCK_MS);
    let segments = this.#blocks.get(block);
    if (segments === undefined) {
      segments = this.#segmentsOf(block * BLOCK_MS);
      this.#blocks.set(block, segments);
    }
    let i = segments.length - 1;
    while (i > 0 && time < (segments[i] as Segment).from) i--;
    this.#current = segments[i] as Segment;
    return this.#current;
  }

  #segmentsOf(start: number): readonly Segment[] {
    const segments: Segment[] = [];
    let from = start;
    let offset = this.#ask(start);
    for (let day = start; day < start + BLOCK_MS; day += DAY_MS) {
      const next = this.#ask(day + DAY_MS);
      if (next === offset) continue;
      const jump = this.#jumpIn(day, day + DAY_MS, offset);
      // A jump at the block's very end belongs to the next block.
      if (jump >= start + BLOCK_MS) break;
      segments.push({ from, to: jump, offset });
      from = jump;
      offset = next;
    }
    segments.push({ from, to: start + BLOCK_MS, offset });
    return segments;
  }

  /** The first whole second in (lo, hi] whose offset is no longer `offset`. */
  #jumpIn(lo: number, hi: number, offset: number): number {
    while (hi - lo > 1_000) {
      const middle = Math.floor((lo + hi) / 2_000) * 1_000;
      if (this.#ask(middle) === offset) lo = middle;
      else hi = middle;
    }
    return hi;
  }

  #ask(time: number): number {
    const part = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 };
    for (const { type, value } of this.#format.formatToParts(time)) {
      if (type in part) part[type as keyof typeof part] = Number(value);
    }
    const shown = Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute, part.second);
    return shown - Math.floor(time / 1_000) * 1_000;
  }
}

const zones = new Map<string, Zone>();

/**
 * The zone of an IANA name; the same object at each call, so that its memory is shared.
 * @throws {@link MikroBotError} `BAD_CONFIG` when there is no zone of that name.
 */
export const zoneOf = (name: string): Zone => {
  let zone = zones.get(name);
  if (zone === undefined) {
    zone = new Zone(name);
    zones.set(name, zone);
  }
  return zone;
};

const LOCAL_TIME = /^([01]\d|2[0-3]):([0-5]\d)$/;

/**
 * Ms after local midnight of a time such as `'08:00'`; `'24:00'` is the day's end.
 * @throws {@link MikroBotError} `BAD_CONFIG` when it is not a time of day.
 */
export const parseLocalTime = (text: string, where: string): number => {
  const match = LOCAL_TIME.exec(text);
  if (match !== null) return (Number(match[1]) * 60 + Number(match[2])) * 60_000;
  if (text === '24:00') return DAY_MS;
  throw new MikroBotError('BAD_CONFIG', `"${text}" is not a time of day.`, {
    where,
    hint: 'Write hours and minutes as 08:00, 00:00 to 24:00.',
  });
};
