import * as z from 'zod';

const HEAD = '{"stream":"';
const MIDDLE = ',"data":';

const combinedSchema = z.object({ stream: z.string(), data: z.unknown() });
const failure = z.object({ code: z.number(), msg: z.string().catch('') });
const controlSchema = z.union([
  z.object({ id: z.number(), error: failure }),
  z
    .object({ id: z.number(), code: z.number(), msg: z.string().catch('') })
    .transform(({ id, ...error }) => ({ id, error })),
  z
    .object({ id: z.number(), result: z.unknown().optional() })
    .transform(({ id }) => ({ id, error: undefined })),
]);

/** A message of a combined stream. */
export interface Combined {
  readonly stream: string;
  /** The payload as it came. */
  readonly data: string;
}

/** An answer to SUBSCRIBE or UNSUBSCRIBE. */
export type ControlAnswer = z.infer<typeof controlSchema>;

/** Whether a text begins as the venue writes a message of a combined stream; tells most texts apart at no cost. */
export const isCombined = (text: string): boolean => text.startsWith(HEAD);

/**
 * Takes a message of a combined stream apart; undefined for other texts. Source: web-socket-streams.md, "General WSS information".
 * Texts come as the venue writes them, so that they are cut, not parsed; another writer's order or blanks are parsed.
 */
export const splitCombined = (text: string): Combined | undefined => {
  if (isCombined(text)) {
    const end = text.indexOf('"', HEAD.length);
    const from = end + 1 + MIDDLE.length;
    if (end > 0 && text.startsWith(MIDDLE, end + 1) && text.endsWith('}') && from < text.length)
      return { stream: text.slice(HEAD.length, end), data: text.slice(from, -1) };
  }
  if (!text.includes('"stream"')) return undefined;
  const parsed = combinedSchema.safeParse(parseOr(text));
  return parsed.success ? { stream: parsed.data.stream, data: JSON.stringify(parsed.data.data) } : undefined;
};

/** Reads an answer to a control message; undefined for other texts. */
export const readControl = (text: string): ControlAnswer | undefined => {
  const parsed = controlSchema.safeParse(parseOr(text));
  return parsed.success ? parsed.data : undefined;
};

const parseOr = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
