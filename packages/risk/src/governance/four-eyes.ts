import { hash } from 'node:crypto';
import { canonicalJson, type HexHash, MikroBotError } from '@mikrobot/core';
import * as z from 'zod';

const name = z.string().min(1);

/** Checks a request that was saved. */
export const approvalRequestSchema = z.strictObject({
  id: name,
  requester: name,
  payload: z.string().regex(/^[0-9a-f]{64}$/),
  need: z.int().min(1),
  created: z.number(),
  expires: z.number(),
  approvedBy: z.array(name).readonly(),
  rejectedBy: z.array(name).readonly(),
  used: z.boolean(),
});

/**
 * A wish that needs other people's yes: data that the functions below never change, only replace. `payload` is the hash of what is
 * wished, `need` how many people besides the requester must approve, times are epoch ms.
 */
export type ApprovalRequest = Readonly<z.output<typeof approvalRequestSchema>>;

/** What a request is worth at a moment. Only `approved` may be used, and once. */
export type RequestStatus = 'open' | 'approved' | 'rejected' | 'expired' | 'used';

/** Why an answer or a use was not taken. */
export type RequestRefusal =
  | 'OWN_REQUEST'
  | 'SAME_PERSON'
  | 'PAYLOAD_CHANGED'
  | 'NOT_APPROVED'
  | 'REJECTED'
  | 'EXPIRED'
  | 'USED';

/** The request as it is now; `refusal` is undefined when the step was taken. */
export interface RequestStep {
  readonly request: ApprovalRequest;
  readonly refusal: RequestRefusal | undefined;
}

/** SHA-256 over the canonical JSON (RFC 8785) of a payload. @throws `MikroBotError` `BAD_ENTRY` when it is no JSON. */
export const payloadHash = (payload: unknown): HexHash => hash('sha256', canonicalJson(payload));

/** A new wish. */
export interface RequestInput {
  readonly requester: string;
  /** JSON: what exactly shall be done. */
  readonly payload: unknown;
  /** People besides the requester who must approve. Default 1. */
  readonly need?: number | undefined;
  /** Epoch ms. */
  readonly time: number;
  /** How long approvals may be given and used, ms. */
  readonly lifetime: number;
}

/**
 * Opens a request under the four-eyes principle: others must approve, each once, exactly this payload, before it expires; any
 * rejection wins; it can be used once.
 * @throws `MikroBotError` `BAD_CONFIG` for a `need` below 1 or a lifetime that is none, `BAD_ENTRY` for a payload that is no JSON.
 */
export const requestApproval = (input: RequestInput): ApprovalRequest => {
  const { requester, payload, need = 1, time, lifetime } = input;
  if (!Number.isInteger(need) || need < 1)
    throw new MikroBotError('BAD_CONFIG', `need is ${need}, but at least 1 other person must approve.`);
  if (!(lifetime > 0 && Number.isFinite(lifetime)))
    throw new MikroBotError('BAD_CONFIG', `lifetime is ${lifetime}, but must be a number of ms above 0.`);
  const wished = payloadHash(payload);
  return {
    id: payloadHash([requester, wished, time]).slice(0, 16),
    requester,
    payload: wished,
    need,
    created: time,
    expires: time + lifetime,
    approvedBy: [],
    rejectedBy: [],
    used: false,
  };
};

/** What the request is worth at a moment (epoch ms). A rejection outlasts the time that the request had. */
export const requestStatus = (request: ApprovalRequest, time: number): RequestStatus => {
  if (request.used) return 'used';
  if (request.rejectedBy.length > 0) return 'rejected';
  // Written so that a time that is no number has expired.
  if (!(time < request.expires)) return 'expired';
  return request.approvedBy.length >= request.need ? 'approved' : 'open';
};

const ENDED: Readonly<Partial<Record<RequestStatus, RequestRefusal>>> = {
  used: 'USED',
  rejected: 'REJECTED',
  expired: 'EXPIRED',
};

/** A person's yes to what that person saw, `payload`, at `time` (epoch ms). */
export const approveRequest = (
  request: ApprovalRequest,
  { by, payload, time }: { readonly by: string; readonly payload: unknown; readonly time: number },
): RequestStep => {
  const ended = ENDED[requestStatus(request, time)];
  if (ended !== undefined) return { request, refusal: ended };
  if (by === request.requester) return { request, refusal: 'OWN_REQUEST' };
  if (request.approvedBy.includes(by)) return { request, refusal: 'SAME_PERSON' };
  if (payloadHash(payload) !== request.payload) return { request, refusal: 'PAYLOAD_CHANGED' };
  return { request: { ...request, approvedBy: [...request.approvedBy, by] }, refusal: undefined };
};

/** A person's no, at `time` (epoch ms). One is enough, also the requester's or that of somebody who approved. */
export const rejectRequest = (
  request: ApprovalRequest,
  { by, time }: { readonly by: string; readonly time: number },
): RequestStep => {
  const ended = ENDED[requestStatus(request, time)];
  if (ended !== undefined && ended !== 'REJECTED') return { request, refusal: ended };
  if (request.rejectedBy.includes(by)) return { request, refusal: undefined };
  return { request: { ...request, rejectedBy: [...request.rejectedBy, by] }, refusal: undefined };
};

/** Takes the permission that the request became, for exactly `payload`, once. */
export const claimRequest = (
  request: ApprovalRequest,
  { payload, time }: { readonly payload: unknown; readonly time: number },
): RequestStep => {
  const status = requestStatus(request, time);
  if (status !== 'approved') return { request, refusal: ENDED[status] ?? 'NOT_APPROVED' };
  if (payloadHash(payload) !== request.payload) return { request, refusal: 'PAYLOAD_CHANGED' };
  return { request: { ...request, used: true }, refusal: undefined };
};
