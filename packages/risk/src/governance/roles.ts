import type { ParsedCommand } from '@mikrobot/core';

/** What a command does. */
export type CommandKind = ParsedCommand['do'];

/** What people and programs may be to a bot. One person may be several. */
export const roles = ['viewer', 'program', 'trader', 'approver', 'admin'] as const;
/** See {@link roles}. */
export type Role = (typeof roles)[number];

/** Commands that add exposure, or let the bot do more than before. Only these can be made to need a code or a second person. */
export const looseningCommands = ['signal', 'approve', 'resume', 'release', 'tell', 'configure'] as const;
/** See {@link looseningCommands}. */
export type LooseningCommand = (typeof looseningCommands)[number];

/** Commands that only restrain the bot: nothing must stand in their way but the question whose bot it is. */
export type RestrainingCommand = Exclude<CommandKind, LooseningCommand | 'propose'>;

const restraining: readonly RestrainingCommand[] = [
  'reject',
  'pause',
  'halt',
  'flatten',
  'cancel-all',
  'kill',
];

/**
 * Which commands each role may give. Who trades does not approve, and who approves does not change the limits: give a person two
 * roles where there are too few people for that. Everybody but a viewer and a program may stop the bot. What a program proposes is
 * judged like a strategy's signal, so it needs no code.
 */
export const rights: Readonly<Record<Role, readonly CommandKind[]>> = {
  viewer: [],
  program: ['propose'],
  trader: [...restraining, 'signal', 'resume'],
  approver: [...restraining, 'approve', 'resume', 'release', 'tell'],
  admin: [...restraining, 'resume', 'release', 'tell', 'configure'],
};

/** Whether somebody with these roles may give the command. */
export const mayGive = (held: readonly Role[], command: CommandKind): boolean =>
  held.some((role) => rights[role].includes(command));

/** The roles that may give the command. */
export const rolesFor = (command: CommandKind): readonly Role[] =>
  roles.filter((role) => rights[role].includes(command));

/** Whether the command lets the bot do more than before. */
export const isLoosening = (command: CommandKind): command is LooseningCommand =>
  (looseningCommands as readonly CommandKind[]).includes(command);
