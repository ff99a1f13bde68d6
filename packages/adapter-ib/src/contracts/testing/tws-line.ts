import type { Clock } from '@mikrobot/core';
import type { Line } from '../../line/line.js';
import { Requests } from '../../line/requests.js';
import { type ScriptedLine, type Sent, scriptedLine } from '../../testing/scripted-line.js';

/** Answers a command by messages of the wire. */
export type Answer = (sent: Sent, line: ScriptedLine) => void;

/**
 * A line whose requests are those of the adapter's own: messages are decoded by the client library, errors and deadlines are real.
 * Each command is answered after it was sent, as over a socket.
 */
export const twsLine = (clock: Clock, answer: Answer): ScriptedLine => {
  const scripted = scriptedLine();
  const requests = new Requests({
    clock,
    events: scripted.events,
    name: 'test',
    send: (command) => scripted.send(command),
    nextId: () => scripted.nextRequestId(),
    giveUp: (why) => scripted.close(why),
  });
  scripted.onNotice((notice) => void requests.take(notice));
  scripted.onEnd((why) => requests.end(why));
  scripted.answer = (sent) => queueMicrotask(() => answer(sent, scripted));
  const request: Line['request'] = (asked) => requests.request(asked);
  return Object.assign(scripted, { request });
};
