import type { GuardFinding } from './code-check.js';
import {
  type ApprovalRequest,
  approveRequest,
  claimRequest,
  rejectRequest,
  requestApproval,
} from './four-eyes.js';

/** Commands that may wait for a second person at once. */
const MOST_REQUESTS = 100;

/** Who wishes what, JSON, at which moment (epoch ms). */
interface Wish {
  readonly by: string;
  readonly payload: unknown;
  readonly time: number;
}

/** What is wished, and under which rule. */
export interface GuardedWish extends Wish {
  /** Hash of the payload. */
  readonly hash: string;
  /** Whether a second person is needed now. */
  readonly needed: boolean;
  /** Time that a second person has, ms. */
  readonly lifetime: number;
}

/** The requests afterwards, and whether the wish may be done. */
export interface SecondPersonCheck {
  readonly requests: readonly ApprovalRequest[];
  readonly finding: GuardFinding | undefined;
  /** All who stand behind it, when it needed a second person and has one. */
  readonly people?: readonly string[] | undefined;
}

const waiting = ({ requester, id, expires }: ApprovalRequest, time: number): GuardFinding => ({
  code: 'NEEDS_SECOND_PERSON',
  limit: `somebody besides ${requester}`,
  actual: `request ${id}`,
  hold: expires - time,
});

/** The first who gives a command opens a request, the second who gives the same command completes it. A rejection blocks it. */
export const askSecond = (requests: readonly ApprovalRequest[], wish: GuardedWish): SecondPersonCheck => {
  const { by, payload, hash, needed, time, lifetime } = wish;
  const others = requests.filter((r) => time < r.expires && r.payload !== hash);
  const request = requests.find((r) => time < r.expires && r.payload === hash);
  if (request !== undefined && request.rejectedBy.length > 0) {
    const actual = request.rejectedBy.join(', ');
    return { requests, finding: { code: 'REQUEST_REJECTED', limit: 'no rejection', actual } };
  }
  if (!needed) {
    // What is done now need not be done once more when a second person comes.
    return { requests: request === undefined ? requests : others, finding: undefined };
  }
  if (request === undefined) {
    if (others.length >= MOST_REQUESTS) {
      const finding = { code: 'TOO_MANY_REQUESTS', limit: MOST_REQUESTS, actual: others.length } as const;
      return { requests, finding };
    }
    const opened = requestApproval({ requester: by, payload, time, lifetime });
    return { requests: [...others, opened], finding: waiting(opened, time) };
  }
  const approved = approveRequest(request, { by, payload, time }).request;
  return claimRequest(approved, { payload, time }).refusal === undefined
    ? { requests: others, finding: undefined, people: [request.requester, ...approved.approvedBy] }
    : { requests, finding: waiting(request, time) };
};

/** The requests after somebody's no to one of them. */
export const rejectIn = (
  requests: readonly ApprovalRequest[],
  request: ApprovalRequest,
  by: string,
  time: number,
): readonly ApprovalRequest[] => {
  const rejected = rejectRequest(request, { by, time }).request;
  return rejected === request ? requests : requests.map((r) => (r === request ? rejected : r));
};
