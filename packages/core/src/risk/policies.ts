import type { Subscription } from 'rxjs';
import { MikroBotError } from '../errors/mikrobot-error.js';
import type { Desk } from '../execution/desk.js';
import { type Command, commandSchema, type ParsedCommand } from '../runtime/command.js';
import { Marks } from './marks.js';
import type { PolicySettings, RiskPolicy } from './policy.js';
import { type PolicySlot, savedOf, takeSaved } from './policy-slot.js';
import type { SavedPolicies } from './policy-store.js';
import type { RiskEvent } from './risk-event.js';

/** What only prices changed (a peak of equity, say) is saved at most so often, ms of the bot's time. */
const SAVE_EVERY = 1_000;

type Configure = Extract<ParsedCommand, { do: 'configure' }>;

const MARK: RiskEvent = { type: 'mark' };
const START: RiskEvent = { type: 'start' };
const TIME: RiskEvent = { type: 'time' };

/**
 * The policies of a desk and their memories: tells them what happens, saves what they remember, and passes on what they want
 * done. Commands of policies follow from inputs, so a replay gives them again.
 */
export class Policies {
  readonly #desk: Desk;
  readonly #slots: PolicySlot[] = [];
  readonly #marks: Marks;
  #saved: SavedPolicies | undefined;
  #started = false;
  /** Commands from before the start: a kill must be remembered whenever it came. */
  readonly #early: RiskEvent[] = [];
  #saving = false;
  #savedAt = Number.NEGATIVE_INFINITY;
  #alarm: { readonly at: number; readonly timer: Subscription } | undefined;
  /** Whether any policy has a memory: ask before making an event for {@link tell}. */
  remembers = false;
  /** Who watches prices: 0 nobody, 1 while positions are open, 2 always. For the tick path. */
  watching = 0;

  constructor(desk: Desk) {
    this.#desk = desk;
    this.#marks = new Marks(desk);
  }

  /**
   * Puts policies in place, in their order.
   * @throws `MikroBotError` `BAD_CONFIG` when one that remembers or can be configured shares its name with another.
   */
  use(policies: readonly RiskPolicy[]): readonly PolicySlot[] {
    const slots = policies.map((policy): PolicySlot => {
      const named = policy.memory !== undefined || policy.settings !== undefined;
      if (named && this.#slots.some((slot) => slot.policy.name === policy.name)) {
        throw new MikroBotError('BAD_CONFIG', `two policies are called "${policy.name}".`, {
          where: 'risk',
          hint: 'What a policy remembers is saved under its name: keep one of them, or give it another name.',
        });
      }
      const slot: PolicySlot = {
        policy,
        state: policy.memory?.initial,
        broken: undefined,
        changed: undefined,
      };
      this.#slots.push(slot);
      takeSaved(slot, this.#saved);
      return slot;
    });
    this.#look();
    return slots;
  }

  /** Who remembers and who watches depends on the settings, too. */
  #look(): void {
    this.remembers = this.#slots.some(({ policy }) => policy.memory !== undefined);
    this.watching = Math.max(
      0,
      ...this.#slots.map(({ policy }) => ['exposed', 'always'].indexOf(policy.memory?.watches ?? '') + 1),
    );
  }

  /** What a policy remembers; undefined when there is no such policy or it has no memory. */
  state(name: string): unknown {
    return this.#find(name)?.state;
  }

  /** The settings of a policy; undefined when there is no such policy or it has none. */
  settings(name: string): unknown {
    return this.#find(name)?.policy.settings?.value;
  }

  /**
   * Takes what was saved, before the start.
   * @throws `MikroBotError` `PREFLIGHT_FAILED` when a policy cannot read what was saved of it.
   */
  restore(saved: SavedPolicies): void {
    this.#saved = saved;
    for (const slot of this.#slots) takeSaved(slot, this.#saved);
    this.#look();
  }

  /** The bot is active: memories begin to be told what happens. */
  start(): void {
    if (this.#started) return;
    this.#started = true;
    for (const { policy, changed } of this.#slots) {
      if (policy.notice !== undefined) this.#desk.issue('POLICY_NOTICE', `${policy.name}: ${policy.notice}`);
      if (changed === undefined) continue;
      const since = `since ${new Date(changed.at).toISOString()} by ${changed.by}`;
      this.#desk.issue('POLICY_NOTICE', `${policy.name} runs with settings that were changed ${since}`);
    }
    this.tell(START);
    for (const event of this.#early.splice(0)) this.tell(event);
  }

  /** Tells every memory what happened. */
  tell(event: RiskEvent): void {
    if (!this.#started && event.type === 'command') this.#early.push(event);
    if (!this.#started || !this.remembers) return;
    const { book } = this.#desk;
    // A memory may look at prices whatever it is told, also where it changes nothing.
    if (event !== MARK) this.record();
    let changed = false;
    let urgent = event.type !== 'mark';
    for (const slot of this.#slots) {
      const { memory } = slot.policy;
      if (memory === undefined || slot.broken !== undefined) continue;
      if (event === MARK && !(memory.watches === 'always' || (memory.watches === 'exposed' && book.holds)))
        continue;
      const before = slot.state;
      try {
        slot.state = memory.next(before, event, book);
        if (slot.state === before && event !== START) continue;
        changed = true;
        const from = event === START ? undefined : before;
        for (const line of memory.alerts?.(from, slot.state, book) ?? [])
          this.#later(() => this.#desk.issue('POLICY_ALERT', `${slot.policy.name}: ${line}`));
        for (const command of memory.commands?.(from, slot.state, book) ?? []) {
          urgent = true;
          this.#command(slot, command);
        }
      } catch (error) {
        this.#fail(slot, error);
      }
    }
    if (!changed) return;
    this.#arm();
    if (event === MARK) this.record();
    if (urgent || book.now() - this.#savedAt >= SAVE_EVERY) this.#saveSoon();
  }

  /** Prices moved: the tick path, between the quote and whoever trades on it. */
  mark(): void {
    if (this.watching === 2 || (this.watching === 1 && this.#desk.book.holds)) this.tell(MARK);
  }

  /** Puts on record the prices that policies are about to see, where they look beyond the signal's own. */
  record(): void {
    if (this.watching > 0) this.#marks.write();
  }

  /** Puts prices of a journal in place. */
  showMark(data: unknown): void {
    this.#marks.restore(data);
  }

  /** Takes over a mark of a journal. */
  replayMark(data: unknown): void {
    this.#marks.restore(data);
    this.tell(MARK);
  }

  /**
   * Checks whether {@link configure} would do.
   * @throws `MikroBotError` `BAD_CONFIG` when there is no such policy, it has no settings, or they make no sense.
   */
  check({ policy: name, settings }: Configure): void {
    this.#configurable(name).with(settings);
  }

  /**
   * Gives a policy other settings. @returns the settings before and after
   * @throws `MikroBotError` `BAD_CONFIG` when there is no such policy, it has no settings, or they make no sense.
   */
  configure({ policy: name, settings, by }: Configure): object {
    const before = this.#configurable(name);
    const slot = this.#find(name) as PolicySlot;
    slot.policy = before.with(settings);
    const to = slot.policy.settings?.value;
    const from = slot.changed?.from ?? before.value;
    slot.changed = { from, to, by, at: this.#desk.loop.now };
    this.#look();
    this.#saveSoon();
    return { policy: name, before: before.value, after: to };
  }

  /** Ends what waits for time to pass. */
  close(): void {
    this.#alarm?.timer.unsubscribe();
    this.#alarm = undefined;
  }

  /** Saves what is not saved yet. */
  save(): void {
    this.#saving = false;
    const { store, book } = this.#desk;
    if (store === undefined || !this.#started) return;
    this.#savedAt = book.now();
    const saved = { ...this.#saved, ...savedOf(this.#slots) };
    this.#saved = saved;
    try {
      store.save(saved);
    } catch (error) {
      this.#desk.unsaved(String(error));
    }
  }

  #configurable(name: string): PolicySettings {
    const settings = this.#find(name)?.policy.settings;
    if (settings !== undefined) return settings;
    const others = this.#slots.filter(({ policy }) => policy.settings !== undefined);
    throw new MikroBotError('BAD_CONFIG', `there is no policy "${name}" with settings.`, {
      where: 'configure',
      hint: `There are ${others.map(({ policy }) => policy.name).join(', ') || 'none'}.`,
    });
  }

  #find(name: string): PolicySlot | undefined {
    return this.#slots.find(({ policy }) => policy.name === name);
  }

  #command(slot: PolicySlot, command: Command): void {
    const parsed = commandSchema.parse({ ...command, by: `policy:${slot.policy.name}` });
    this.#later(() => {
      this.#desk.log('out:command', parsed);
      this.#desk.commands.next(parsed);
    });
  }

  /** A memory that throws can no longer be trusted: the policy refuses from now on. */
  #fail(slot: PolicySlot, error: unknown): void {
    slot.broken = String(error);
    const { name } = slot.policy;
    this.#later(() =>
      this.#desk.issue('POLICY_FAILED', `${name}: ${String(error)}; it refuses every entry from now on`),
    );
  }

  /** One timer, for the first memory that wants to be woken. */
  #arm(): void {
    const { loop, timers } = this.#desk;
    let first = Number.POSITIVE_INFINITY;
    for (const { policy, state, broken } of this.#slots) {
      const at = broken === undefined ? policy.memory?.wakeAt?.(state) : undefined;
      // What was to be said at a moment that is over has been said.
      if (at !== undefined && at > loop.now && at < first) first = at;
    }
    if (first === (this.#alarm?.at ?? Number.POSITIVE_INFINITY)) return;
    this.close();
    if (first === Number.POSITIVE_INFINITY) return;
    const timer = timers.timer(first - loop.now, () => {
      this.#alarm = undefined;
      this.tell(TIME);
      this.#arm();
    });
    this.#alarm = { at: first, timer };
  }

  /** Not inside what is being told: a journal line must not stand before its cause. */
  #later(work: () => void): void {
    this.#desk.loop.defer(work);
  }

  #saveSoon(): void {
    if (this.#desk.store === undefined || this.#saving) return;
    this.#saving = true;
    this.#desk.loop.defer(() => this.save());
  }
}
