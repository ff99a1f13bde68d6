import type { Bot } from '../bot.js';
import { MikroBotError } from '../errors/mikrobot-error.js';
import type { Finding } from '../model/refuse.js';
import { type Command, commandSchema, type ParsedCommand } from './command.js';

/**
 * A command, checked.
 * @throws `MikroBotError` `BAD_CONFIG` when it is none.
 */
export const parseCommand = (command: Command): ParsedCommand => {
  const parsed = commandSchema.safeParse(command);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new MikroBotError('BAD_CONFIG', `${issue?.message}.`, { where: `command ${issue?.path.join('.')}` });
};

/** What stands against a command of a person, before it becomes an input. */
export const objection = (
  { desk, waiting, config }: Bot,
  command: ParsedCommand,
  proof: unknown,
): Finding | undefined => {
  const { policies, clock } = desk;
  const answers = command.do === 'approve' || command.do === 'reject';
  const held = answers ? waiting.find(({ signal }) => signal.id === command.signal) : undefined;
  if (answers && held === undefined)
    return { code: 'NOTHING_HELD', limit: 'a signal that waits', actual: command.signal };
  if (command.do === 'configure') policies.check(command);
  if (command.by.startsWith('policy:'))
    return { code: 'NOT_A_PERSON', limit: "a name that is not a policy's", actual: command.by };
  const now = clock.now();
  return config.guard?.check(command, proof, { now, held, settings: (name) => policies.settings(name) });
};
