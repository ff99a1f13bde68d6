import {
  type CommandContext,
  type CommandGuard,
  defineSession,
  MikroBotError,
  type ParsedCommand,
  type Session,
} from '@mikrobot/core';
import { attemptRecord, type CommandPayload, payloadOf, rejectionRecord } from './attempt-record.js';
import type { AuditSink } from './audit-log.js';
import { fromBase32 } from './base32.js';
import { checkCode, codeIn, type GuardFinding } from './code-check.js';
import { type ApprovalRequest, requestStatus } from './four-eyes.js';
import { type GuardSettings, type GuardSettingsInput, guardSettingsSchema } from './guard-settings.js';
import { type GuardState, type GuardStore, loadGuardState, personIn, withPerson } from './guard-state.js';
import { type CommandKind, isLoosening, mayGive, type Role, rolesFor } from './roles.js';
import { askSecond, rejectIn } from './second-person.js';

/** By RFC 4226 section 4 a shared secret has at least 128 bits. */
const SHORTEST_SECRET = 16;

/** What a guard needs of the world. */
export interface GuardPorts {
  /** The TOTP secret in base32 of a name; may throw. What it gives is never logged or kept. */
  readonly secrets: (name: string) => string;
  /** Every attempt, taken or refused, is written here. An {@link AuditLog}, say. */
  readonly audit: AuditSink;
  /** Where used codes are remembered across restarts. Left out: only until the process ends. */
  readonly store?: GuardStore | undefined;
  /** Told why the audit log or the store failed. What restrains the bot passes all the same, what loosens it is refused. */
  readonly onFailure?: ((error: unknown) => void) | undefined;
}

interface Person {
  readonly roles: readonly Role[];
  readonly secret: string | undefined;
}

/** What the guard concludes of one command. */
interface Ruling {
  readonly finding: GuardFinding | undefined;
  /** Who stands behind a command that needed a second person. */
  readonly people?: readonly string[] | undefined;
}

const PASS: Ruling = { finding: undefined };
const against = (finding: GuardFinding): Ruling => ({ finding });

const payloadIn = (command: ParsedCommand): CommandPayload | undefined => {
  try {
    return payloadOf(command);
  } catch {
    return undefined;
  }
};

/**
 * Lets people command a bot by their roles: what loosens needs a one-time code (RFC 6238) and, where told so, a second person who
 * gives the same command; what restrains needs neither, so that nothing hinders a kill. Wrong codes are bounded, used ones refused,
 * and every attempt goes to the audit log without its code. `by` is only a claim where no code is asked for: whoever stands before
 * this port must know who speaks.
 *
 * @example
 * ```ts
 * const guard = new PersonGuard(
 *   { people: { alice: { roles: ['approver'], secret: 'TOTP_ALICE' } } },
 *   { secrets: (name) => vault.read(name), audit: new AuditLog(writeLine) },
 * );
 * const bot = createBot({ …, guard });
 * bot.command({ do: 'approve', signal: id, by: 'alice' }, { code: '287082' });
 * ```
 */
export class PersonGuard implements CommandGuard {
  readonly #settings: GuardSettings;
  readonly #people: ReadonlyMap<string, Person>;
  readonly #hours: Session;
  readonly #ports: GuardPorts;
  #state: GuardState;

  /** @throws `MikroBotError` `BAD_CONFIG` for settings or a saved state that make no sense. */
  constructor(settings: GuardSettingsInput, ports: GuardPorts) {
    const parsed = guardSettingsSchema.safeParse(settings);
    if (!parsed.success) {
      const issue = parsed.error.issues[0]!;
      throw new MikroBotError('BAD_CONFIG', `${issue.message}.`, {
        where: ['command guard', ...issue.path].join('.'),
        cause: parsed.error,
      });
    }
    this.#settings = parsed.data;
    this.#people = new Map(
      Object.entries(parsed.data.people).map(([name, p]) => [name, { roles: p.roles, secret: p.secret }]),
    );
    this.#hours = defineSession({ name: 'working hours', ...parsed.data.hours });
    this.#ports = ports;
    this.#state = loadGuardState(ports.store);
  }

  /** What is remembered now. */
  get state(): GuardState {
    return this.#state;
  }

  /** Commands that wait for a second person at a moment (epoch ms). */
  requests(now: number): readonly ApprovalRequest[] {
    return this.#state.requests.filter((request) => requestStatus(request, now) === 'open');
  }

  /** See {@link CommandGuard.check}. The codes of its findings are in {@link guardCodes}. */
  check(command: ParsedCommand, proof: unknown, context: CommandContext): GuardFinding | undefined {
    const before = this.#state;
    const payload = payloadIn(command);
    const ruling = this.#rule(command, payload, proof, context);
    const attempt = { command, hash: payload?.hash, people: ruling.people };
    const record = (finding: GuardFinding | undefined) => attemptRecord({ ...attempt, finding }, context);
    return this.#conclude(before, ruling.finding, record, context.now, isLoosening(command.do));
  }

  /**
   * A person's no to a command that waits for a second one. It wins until the request would have expired. Like all that restrains,
   * it needs a role that may reject, but no code.
   * @param id - of one of {@link requests}
   * @param now - epoch ms
   * @returns undefined when it was taken
   */
  reject(id: string, by: string, now: number): GuardFinding | undefined {
    const before = this.#state;
    const finding = this.#entitled(by, 'reject') ?? this.#rejectRequest(id, by, now);
    return this.#conclude(before, finding, (f) => rejectionRecord(id, by, f), now, false);
  }

  #rejectRequest(id: string, by: string, now: number): GuardFinding | undefined {
    const request = this.#state.requests.find((r) => r.id === id);
    if (request === undefined || now >= request.expires)
      return { code: 'NO_REQUEST', limit: 'a request that waits', actual: id };
    this.#keep(rejectIn(this.#state.requests, request, by, now));
    return undefined;
  }

  /** Saves, then writes down what was found, and says what is left of it when that fails. */
  #conclude(
    before: GuardState,
    found: GuardFinding | undefined,
    record: (finding: GuardFinding | undefined) => unknown,
    now: number,
    loosens: boolean,
  ): GuardFinding | undefined {
    const saved = this.#state === before || this.#done(loosens, () => this.#ports.store?.save(this.#state));
    const finding: GuardFinding | undefined = saved
      ? found
      : { code: 'STORE_FAILED', limit: 'a saved state', actual: 'not saved' };
    const audited = this.#done(loosens, () => this.#ports.audit.append(now, record(finding)));
    return audited ? finding : { code: 'AUDIT_FAILED', limit: 'an entry in the audit log', actual: 'none' };
  }

  /** Whether it may go on: always, when it restrains the bot. */
  #done(loosens: boolean, write: () => void): boolean {
    try {
      write();
      return true;
    } catch (error) {
      this.#ports.onFailure?.(error);
      return !loosens;
    }
  }

  #rule(
    command: ParsedCommand,
    wished: CommandPayload | undefined,
    proof: unknown,
    context: CommandContext,
  ): Ruling {
    const { by, do: kind } = command;
    const { now: time, held } = context;
    const barred = this.#entitled(by, kind);
    if (barred !== undefined) return against(barred);
    if (!isLoosening(kind)) return PASS;
    if (wished === undefined)
      return against({ code: 'BAD_COMMAND', limit: 'data that can be hashed', actual: kind });
    if (kind === 'approve' && held?.signal.origin === 'person' && held.signal.source === by)
      return against({ code: 'OWN_SIGNAL', limit: 'another person', actual: by });
    const finding = this.#settings.codeFor.includes(kind)
      ? this.#askCode(by, this.#people.get(by)?.secret, codeIn(proof), time)
      : undefined;
    if (finding !== undefined) return against(finding);
    const when = this.#settings.secondPersonFor[kind];
    const needed = when === 'always' || (when === 'outside-hours' && !this.#hours.isOpen(time));
    const lifetime = this.#settings.requestLifetime;
    const second = askSecond(this.#state.requests, { by, ...wished, needed, time, lifetime });
    this.#keep(second.requests);
    return second;
  }

  #entitled(by: string, kind: CommandKind): GuardFinding | undefined {
    const person = this.#people.get(by);
    if (person === undefined)
      return { code: 'UNKNOWN_PERSON', limit: 'a person who may give commands', actual: by };
    if (mayGive(person.roles, kind)) return undefined;
    return { code: 'NOT_ENTITLED', limit: rolesFor(kind).join(', '), actual: person.roles.join(', ') };
  }

  #keep(requests: readonly ApprovalRequest[]): void {
    if (requests !== this.#state.requests) this.#state = { ...this.#state, requests };
  }

  #askCode(
    name: string,
    secretName: string | undefined,
    code: string | undefined,
    now: number,
  ): GuardFinding | undefined {
    const known = personIn(this.#state, name);
    const { lockout } = this.#settings;
    if (now < known.lockedUntil) {
      const actual = `${Math.ceil((known.lockedUntil - now) / 1_000)} s more`;
      return { code: 'LOCKED_OUT', limit: `${lockout.attempts} wrong codes in a row`, actual };
    }
    if (secretName === undefined) return { code: 'NO_SECRET', limit: 'a TOTP secret', actual: 'none' };
    if (code === undefined) return { code: 'NEEDS_CODE', limit: 'a one-time code', actual: 'none' };
    const secret = this.#secret(secretName);
    if (secret === undefined) {
      const limit = `at least ${SHORTEST_SECRET} bytes in base32`;
      return { code: 'SECRET_UNREADABLE', limit, actual: secretName };
    }
    const { person, finding } = checkCode(known, code, secret, this.#settings, now);
    if (person !== known) this.#state = withPerson(this.#state, person);
    return finding;
  }

  /** An error of the vault or the decoder may quote the secret, so nothing of it is handed on. */
  #secret(name: string): Uint8Array | undefined {
    try {
      const secret = fromBase32(this.#ports.secrets(name));
      return secret.length < SHORTEST_SECRET ? undefined : secret;
    } catch {
      return undefined;
    }
  }
}
