import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MikroBotError, systemClock } from '@mikrobot/core';
import { DecisionWatch } from '../pure-signal/decision-watch.js';
import type { PureSignalProblem } from '../pure-signal/pure-signal.js';
import { decodeSignalFile } from './decode.js';
import { type FourPhaseSignal, fourPhaseProposal, readFourPhase } from './four-phase.js';
import { type ResponseWords, wordsOf, writeResponse } from './response.js';
import { SeenSignals } from './seen-signals.js';
import type { SignalFileOptions, SignalFileProblem, SignalFileReader } from './signal-file-options.js';

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);

const inWords = (problems: readonly PureSignalProblem[]): string =>
  problems
    .map(({ field, message }) => `${field} ${message}`)
    .join('; ')
    .slice(0, 500);

/** Reads the file again and again; see {@link watchSignalFile}. */
class Watch implements SignalFileReader {
  readonly counts = { looks: 0, torn: 0, signals: 0, invalid: 0, old: 0 };
  readonly #options: Required<Omit<SignalFileOptions, 'bot'>> & Pick<SignalFileOptions, 'bot'>;
  readonly #seen: SeenSignals;
  readonly #decisions: DecisionWatch;
  #disarm: () => void = () => undefined;
  #closed = false;
  /** A whole object that was met once. */
  #candidate = '';
  /** The object that was dealt with last. */
  #done = '';

  constructor(options: SignalFileOptions) {
    this.#options = {
      signalFile: 'mikrobot_4phase_signal.json',
      responseFile: 'mikrobot_4phase_response.json',
      every: 10,
      maxAge: 60_000,
      waitForDecision: 1_000,
      onProblem: () => undefined,
      clock: systemClock(),
      ...options,
    };
    const { every, maxAge, waitForDecision, folder, signalFile } = this.#options;
    for (const [where, value] of Object.entries({ every, maxAge, waitForDecision })) {
      if (value > 0) continue;
      throw new MikroBotError('BAD_CONFIG', `${value} is no time in ms.`, { where: `signal file, ${where}` });
    }
    try {
      this.#seen = new SeenSignals(join(folder, `${signalFile}.seen`));
    } catch (cause) {
      throw new MikroBotError('BAD_CONFIG', 'The folder of the signal file cannot be written.', {
        where: `signal file, folder ${folder}`,
        hint: 'Give the Common folder of the terminal: File, Open Data Folder, one up, Common, Files.',
        cause,
      });
    }
    this.#decisions = new DecisionWatch(this.#options.bot, this.#options.clock);
    this.#arm();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#disarm();
    this.#decisions.close();
    this.#seen.close();
  }

  #arm(): void {
    const { clock, every } = this.#options;
    this.#disarm = clock.arm('signal-file', clock.now() + every, () => {
      this.#look();
      if (!this.#closed) this.#arm();
    });
  }

  #look(): void {
    const bytes = this.#read();
    if (bytes === undefined) return;
    this.counts.looks++;
    const decoded = decodeSignalFile(bytes);
    if (decoded.kind === 'torn') this.counts.torn++;
    if (decoded.kind !== 'object' || decoded.text === this.#done) return;
    // Old and new bytes can make one object by chance, for a moment: it must be met twice.
    if (decoded.text !== this.#candidate) {
      this.#candidate = decoded.text;
      return;
    }
    try {
      this.#take(decoded.value, decoded.text);
      this.#done = decoded.text;
    } catch (error) {
      // What cannot be written down is not proposed: the next look tries again.
      this.#problem('not-written', String(error));
    }
  }

  #read(): Buffer | undefined {
    const { folder, signalFile } = this.#options;
    try {
      return readFileSync(join(folder, signalFile));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // Not there yet, or open elsewhere: another look will do.
      if (code !== 'ENOENT' && code !== 'EBUSY' && code !== 'EACCES' && code !== 'EPERM') {
        this.#problem('not-read', String(error));
      }
      return undefined;
    }
  }

  #take(value: Readonly<Record<string, unknown>>, text: string): void {
    const { clock, maxAge } = this.#options;
    const reading = readFourPhase(value, clock.now());
    const digest = digestOf(text);
    if (!reading.ok) {
      if (this.#seen.has(digest)) return;
      this.#seen.add(digest);
      this.counts.invalid++;
      const detail = inWords(reading.problems);
      this.#problem('invalid', detail);
      const id = typeof value.signal_id === 'string' ? value.signal_id : undefined;
      this.#respond({ status: 'invalid', code: 'INVALID', detail }, id, digest);
      return;
    }
    const { read } = reading;
    const key = read.id ?? digest;
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    const age = clock.now() - read.signal.time;
    if (age > maxAge) {
      this.counts.old++;
      const detail = `the signal is ${Math.round(age / 1_000)} s old`;
      this.#problem('too-old', `${key}: ${detail}`);
      this.#respond({ status: 'refused', code: 'TOO_OLD', detail }, read.id, key);
      return;
    }
    this.counts.signals++;
    void this.#propose(read, key);
  }

  async #propose(read: FourPhaseSignal, key: string): Promise<void> {
    const { bot, waitForDecision } = this.#options;
    let objection: string | undefined;
    const decision = await this.#decisions.after(key, waitForDecision, () => {
      const receipt = bot.command(fourPhaseProposal(read, key));
      if (!receipt.taken) objection = receipt.finding.code;
    });
    if (this.#closed) return;
    if (objection !== undefined) {
      this.#problem('not-taken', `${key}: ${objection}`);
      this.#respond(
        { status: 'refused', code: objection, detail: 'the bot takes no proposals' },
        read.id,
        key,
      );
    } else if (decision === undefined) {
      this.#respond({ status: 'received', code: null, detail: null }, read.id, key);
    } else this.#respond(wordsOf(decision), read.id, key);
  }

  #respond(words: ResponseWords, id: string | undefined, correlation: string): void {
    const { folder, responseFile, clock } = this.#options;
    try {
      writeResponse(join(folder, responseFile), words, { id, correlation, time: clock.now() });
    } catch (error) {
      this.#problem('not-written', String(error));
    }
  }

  #problem(what: SignalFileProblem['what'], detail: string): void {
    this.#options.onProblem({ what, detail });
  }
}

/**
 * Reads the four-phase signal file of an expert advisor, proposes each signal to the bot once, and answers in the response file. Half
 * files are never taken: two looks must find the same whole object. What was taken is on disk before it is proposed, so a reader that
 * is started again proposes nothing twice. The format: docs/mt5-signal-file.md.
 *
 * @example
 * ```ts
 * const reader = watchSignalFile({ bot, folder: 'C:/Users/me/AppData/Roaming/MetaQuotes/Terminal/Common/Files' });
 * ```
 * @throws `MikroBotError` `BAD_CONFIG` when the folder cannot be written.
 */
export const watchSignalFile = (options: SignalFileOptions): SignalFileReader => new Watch(options);
