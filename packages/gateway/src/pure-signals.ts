import rateLimit from '@fastify/rate-limit';
import { DecisionWatch, type PureSignalProblem, proposalOf, readPureSignal } from '@mikrobot/adapter-mt5';
import { type Decision, explain, systemClock, timeframes } from '@mikrobot/core';
import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { allowList, Doorkeeper, keysOf, type Visitor } from './access.js';
import { correlationOf } from './correlation.js';
import { checkNumber, type PureSignalsOptions } from './options.js';
import { readBody } from './read-body.js';
import { ToldBefore } from './told-before.js';

/** An answer about one signal. */
interface Answer {
  readonly code: number;
  readonly body: Readonly<Record<string, unknown>>;
}

const LARGEST_BODY = 64 * 1024;
const MINUTE = 60_000;
const CORRELATION_HEADER = 'x-correlation-id';

const visitorOf = (request: FastifyRequest): Visitor => ({
  body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
  header(name) {
    const value = request.headers[name];
    return typeof value === 'string' ? value : undefined;
  },
});

const refused = (problems: readonly PureSignalProblem[]): Readonly<Record<string, unknown>> => ({
  status: 'refused',
  errors: problems,
});

const told = (decision: Decision | undefined): Readonly<Record<string, unknown>> =>
  decision === undefined
    ? { decision: 'pending' }
    : { decision: decision.outcome, signal_id: decision.signal.id, explanation: explain(decision) };

/**
 * A Fastify plugin: the webhook that expert advisors post pure signals to. Each signal is proposed to the bot, which completes and judges
 * it like any other; every answer and log line has a correlation id. The door needs a key or a signature, lets in only the addresses on
 * its list, and only so many requests a minute.
 *
 * `POST <path>/` answers 202 with the decision (or `pending`), 400 with everything that is wrong with the message, 401, 403, 409, 413, 429
 * or 503 when the bot takes no commands. `GET <path>/timeframes/` lists the timeframes.
 *
 * @example
 * ```ts
 * const app = fastify({ logger: true });
 * await app.register(pureSignals, { bot, secrets, apiKey: 'MIKROBOT_API_KEY' });
 * await app.listen({ host: '127.0.0.1', port: 8000 });
 * ```
 * @throws `MikroBotError` `BAD_CONFIG` without a key, or when an option is wrong.
 */
export const pureSignals = async (app: FastifyInstance, options: PureSignalsOptions): Promise<void> => {
  const { bot, secrets, clock = systemClock(), path = '/api/v1/pure-signal' } = options;
  const perMinute = checkNumber(options.perMinute ?? 60, 1, 'perMinute');
  const patience = checkNumber(options.waitForDecision ?? 150, 0, 'waitForDecision');
  const maxSkew = checkNumber(options.maxSkew ?? 300_000, 0, 'maxSkew');
  const isAllowed = allowList(options.allow ?? ['127.0.0.1', '::1']);
  const keys = await keysOf(secrets, { apiKey: options.apiKey, hmac: options.hmacSecret });
  const doorkeeper = new Doorkeeper(keys, isAllowed, maxSkew);
  const decisions = new DecisionWatch(bot, clock);
  const before = new ToldBefore<Answer>(({ code }) => code < 500);
  const correlations = new WeakMap<FastifyRequest, string>();
  const idOf = (request: FastifyRequest): string => correlations.get(request) ?? '';

  const answer = (request: FastifyRequest, reply: FastifyReply, { code, body }: Answer): FastifyReply =>
    reply.code(code).send({ ...body, correlation_id: idOf(request) });
  const refuse = (
    request: FastifyRequest,
    reply: FastifyReply,
    code: number,
    message: string,
  ): FastifyReply => {
    request.log.warn({ correlation_id: idOf(request), status: code }, `pure signal refused: ${message}`);
    return answer(request, reply, { code, body: refused([{ field: '(request)', message }]) });
  };

  const propose = async (id: string, body: Buffer, log: FastifyBaseLogger): Promise<Answer> => {
    const json = readBody(body);
    const reading = json.ok
      ? readPureSignal(json.value, clock.now())
      : { ok: false as const, problems: [json.problem] };
    if (!reading.ok) {
      log.warn({ correlation_id: id, errors: reading.problems }, 'pure signal refused');
      return { code: 400, body: refused(reading.problems) };
    }
    const { signal, notes } = reading;
    for (const note of notes) log.info({ correlation_id: id }, `pure signal: ${note}`);
    let objection: string | undefined;
    const decision = await decisions.after(id, patience, () => {
      const receipt = bot.command(proposalOf(signal, id));
      if (!receipt.taken) objection = receipt.finding.code;
    });
    if (objection !== undefined) {
      log.warn({ correlation_id: id, code: objection }, 'the bot takes no proposals');
      return { code: 503, body: refused([{ field: '(bot)', message: objection }]) };
    }
    log.info({ correlation_id: id, symbol: signal.symbol, ...told(decision) }, 'pure signal proposed');
    return { code: 202, body: { status: 'accepted', ...told(decision), notes } };
  };

  app.addHook('onRequest', async (request, reply) => {
    const id = correlationOf(request.headers[CORRELATION_HEADER]);
    correlations.set(request, id);
    reply.header(CORRELATION_HEADER, id);
    const denial = doorkeeper.address(request.ip);
    if (denial !== undefined) return refuse(request, reply, denial.status, denial.message);
  });
  await app.register(rateLimit, { max: perMinute, timeWindow: MINUTE });
  app.setErrorHandler<Error & { statusCode?: number }>((error, request, reply) => {
    const { statusCode = 500 } = error;
    if (statusCode < 500) return refuse(request, reply, statusCode, error.message);
    request.log.error({ correlation_id: idOf(request), err: error }, 'pure signal failed');
    return refuse(request, reply, 500, 'the gateway failed; its log knows more');
  });
  app.removeAllContentTypeParsers();
  // Expert advisors name all kinds of content types, or none.
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: LARGEST_BODY }, (_request, body, done) =>
    done(null, body),
  );
  app.addHook('preHandler', async (request, reply) => {
    const denial = doorkeeper.judge(visitorOf(request), clock.now());
    if (denial !== undefined) return refuse(request, reply, denial.status, denial.message);
  });

  const post = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const visitor = visitorOf(request);
    const result = await before.once(visitor.header('idempotency-key'), visitor.body, async () => {
      const replay = doorkeeper.repeated(visitor);
      if (replay === undefined) return propose(idOf(request), visitor.body, request.log);
      return { code: replay.status, body: refused([{ field: '(request)', message: replay.message }]) };
    });
    if (result === 'other')
      return refuse(request, reply, 409, 'this Idempotency-Key was used for another message');
    const { code, body: words } = result.answer;
    return answer(request, reply, { code, body: result.repeated ? { ...words, repeated: true } : words });
  };
  const list = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> =>
    answer(request, reply, { code: 200, body: { timeframes: Object.keys(timeframes) } });
  for (const end of ['', '/']) {
    app.post(`${path}${end}`, post);
    app.get(`${path}/timeframes${end}`, list);
  }
  app.addHook('onClose', async () => decisions.close());
};
