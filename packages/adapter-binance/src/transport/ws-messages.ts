import * as z from 'zod';
import { parseLossless } from './lossless-json.js';

const rateLimit = z.object({
  rateLimitType: z.string(),
  interval: z.string(),
  intervalNum: z.number(),
  limit: z.number(),
  count: z
    .number()
    .optional()
    .transform((count) => count ?? 0),
});

const errorData = z.object({ serverTime: z.number().optional(), retryAfter: z.number() });

const answerSchema = z.object({
  id: z.number(),
  status: z.number(),
  result: z.unknown().optional(),
  error: z
    .object({ code: z.number(), msg: z.string(), data: z.unknown().optional() })
    .transform((error) => ({ ...error, retryAfter: pauseOf(error.data) }))
    .optional(),
  rateLimits: z.array(rateLimit).catch([]),
});

const eventSchema = z.object({
  subscriptionId: z
    .number()
    .nullish()
    .transform((id) => id ?? undefined),
  event: z.record(z.string(), z.unknown()),
});

/** An answer of the WebSocket API. `retryAfter` in its error: ms. Source: web-socket-api.md, "Response format". */
export type WsAnswer = z.infer<typeof answerSchema>;

/** What a text of the WebSocket API is. */
export type WsText =
  | { readonly kind: 'answer'; readonly answer: WsAnswer }
  | {
      readonly kind: 'event';
      readonly subscription: number | undefined;
      readonly event: Readonly<Record<string, unknown>>;
    }
  | { readonly kind: 'nonsense' };

/** Reads a text; never throws. Events of a revoked session have no id and are no events: nonsense. */
export const readText = (text: string): WsText => {
  let body: unknown;
  try {
    body = parseLossless(text);
  } catch {
    return { kind: 'nonsense' };
  }
  const event = eventSchema.safeParse(body);
  if (event.success) {
    const { subscriptionId, event: payload } = event.data;
    return { kind: 'event', subscription: subscriptionId, event: payload };
  }
  const answer = answerSchema.safeParse(body);
  return answer.success ? { kind: 'answer', answer: answer.data } : { kind: 'nonsense' };
};

/** What makes an event the same on two sockets, each with a subscription of its own. Answers have no such key. */
export const eventKey = (read: WsText, text: string): string | undefined =>
  read.kind === 'event' ? text.replace(/"subscriptionId"\s*:\s*\d+\s*,?/, '') : undefined;

/** `retryAfter` is the venue's time, epoch ms; with its `serverTime` the pause needs no clock of ours. */
const pauseOf = (data: unknown): number | undefined => {
  const parsed = errorData.safeParse(data);
  if (!parsed.success || parsed.data.serverTime === undefined) return undefined;
  return Math.max(0, parsed.data.retryAfter - parsed.data.serverTime);
};
