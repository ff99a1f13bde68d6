import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Bot, MikroBotError, type ReplayParts } from '@mikrobot/core';
import { UsageError } from '../failures.js';

/** Makes the bot as it was, but with the parts of the replay. */
export type MakeBot = (parts: ReplayParts) => Bot;

const hint = 'It must export makeBot(parts) that returns createBot({ ...config, ...parts }).';
const typescript =
  "Give the file that TypeScript was compiled to, or set NODE_OPTIONS='--import tsx' with tsx installed.";

/**
 * Loads the bot of a user's module.
 * @throws UsageError when there is no such module, it cannot be loaded, or exports no `makeBot`
 */
export const loadBot = async (path: string): Promise<MakeBot> => {
  const file = resolve(path);
  if (!existsSync(file)) throw new UsageError(`--bot: there is no file ${path}. Check the path.`);
  const module = await import(pathToFileURL(file).href).catch((cause: unknown) => {
    const unknown = (cause as { code?: unknown } | undefined)?.code === 'ERR_UNKNOWN_FILE_EXTENSION';
    const why = unknown ? `Node.js runs JavaScript. ${typescript}` : String(cause);
    throw new UsageError(`--bot: ${path} cannot be loaded: ${why}`, { cause });
  });
  const { makeBot } = module as { readonly makeBot?: unknown };
  if (typeof makeBot !== 'function')
    throw new UsageError(`--bot: ${path} exports no function makeBot. ${hint}`);
  return (parts) => {
    const bot: unknown = makeBot(parts);
    if (bot instanceof Bot) return bot;
    // A bot of another copy of core would not be one here.
    throw new MikroBotError('BAD_CONFIG', 'makeBot() returned no bot of this @mikrobot/core.', {
      where: path,
      hint,
    });
  };
};
