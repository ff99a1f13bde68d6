import * as z from 'zod';

const price = z.number().positive();
const text = (most: number) => z.string().max(most);

/** What an expert advisor posts. Fields that are not named here are accepted and left aside. */
const fields = z.object({
  symbol: z.string().min(1).max(32).regex(/^\S+$/, 'a symbol has no spaces'),
  direction: z.preprocess(
    (given) => (typeof given === 'string' ? given.toUpperCase() : given),
    z.enum(['BUY', 'SELL']),
  ),
  trigger_price: price,
  ea_name: text(64).min(1).nullish(),
  ea_version: z.union([text(20), z.number()]).nullish(),
  signal_type: text(40).nullish(),
  h1_bos_level: price.nullish(),
  h1_bos_direction: text(20).nullish(),
  m15_break_high: price.nullish(),
  m15_break_low: price.nullish(),
  pip_trigger: z.number().min(0).nullish(),
  timestamp: z.iso.datetime({ offset: true, local: true }).nullish(),
  timeframe: text(8).nullish(),
  account: z.union([z.number().int().min(0), text(32)]).nullish(),
});

/** A signal as an expert advisor sent it, complete: what may be missing has its default. Prices are quotes of the instrument. */
export interface PureSignal {
  readonly symbol: string;
  readonly direction: 'BUY' | 'SELL';
  readonly triggerPrice: number;
  readonly eaName: string;
  readonly eaVersion: string | undefined;
  readonly signalType: string | undefined;
  readonly bosLevel: number | undefined;
  readonly bosDirection: string | undefined;
  readonly breakHigh: number | undefined;
  readonly breakLow: number | undefined;
  /** Pips. */
  readonly pipTrigger: number | undefined;
  /** Epoch ms. */
  readonly time: number;
  readonly timeframe: string | undefined;
  readonly account: string | undefined;
}

/** One field that is wrong, in words for whoever wrote the sender. */
export interface PureSignalProblem {
  /** As it is written in the message; `(all)` when it is no object. */
  readonly field: string;
  readonly message: string;
}

/** What became of a message: the signal with what was filled in, or everything that is wrong with it. */
export type PureSignalReading =
  | { readonly ok: true; readonly signal: PureSignal; readonly notes: readonly string[] }
  | { readonly ok: false; readonly problems: readonly PureSignalProblem[] };

/** Name of a sender that gives none. */
const UNNAMED = 'unnamed-ea';

/** An ISO time without a zone is one of UTC. */
const timeOf = (iso: string): number => Date.parse(/(Z|[+-]\d\d:?\d\d)$/.test(iso) ? iso : `${iso}Z`);

/**
 * Reads a pure signal: `{"symbol":"EURUSD","direction":"BUY","trigger_price":1.085}` is the smallest. A missing name or time gets a default
 * and a note for the log; what is wrong is told field by field, and nothing is thrown.
 * @param now - epoch ms: the time of a signal that names none
 */
export const readPureSignal = (value: unknown, now: number): PureSignalReading => {
  const parsed = fields.safeParse(value);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => {
      const field = path.join('.') || '(all)';
      const missing =
        typeof value === 'object' && value !== null && path.length === 1 && !((path[0] as string) in value);
      return { field, message: missing ? 'is missing' : message };
    });
    return { ok: false, problems };
  }
  const { data } = parsed;
  const notes: string[] = [];
  if (data.ea_name == null) notes.push(`ea_name is missing: it is called ${UNNAMED}`);
  if (data.timestamp == null) notes.push('timestamp is missing: now is taken');
  const signal: PureSignal = {
    symbol: data.symbol,
    direction: data.direction,
    triggerPrice: data.trigger_price,
    eaName: data.ea_name ?? UNNAMED,
    eaVersion: data.ea_version == null ? undefined : String(data.ea_version),
    signalType: data.signal_type ?? undefined,
    bosLevel: data.h1_bos_level ?? undefined,
    bosDirection: data.h1_bos_direction ?? undefined,
    breakHigh: data.m15_break_high ?? undefined,
    breakLow: data.m15_break_low ?? undefined,
    pipTrigger: data.pip_trigger ?? undefined,
    time: data.timestamp == null ? now : timeOf(data.timestamp),
    timeframe: data.timeframe ?? undefined,
    account: data.account == null ? undefined : String(data.account),
  };
  return { ok: true, signal, notes };
};
