import type { Member } from '#lib/data/member/memberships.ts';
import { unlessDeleted } from '#lib/data/sandbox/deleted-sandboxes.ts';
import { env } from '#lib/env.ts';
import { sentFrom } from '#lib/http/same-origin.ts';
import type { Role } from '#lib/smart/role.ts';
import { memberOf } from './current-user.ts';

/** The dynamic segments of a route below a sandbox. */
export interface SandboxParams {
  sandbox: string;
}

/** Why a request was declined before or while it was answered. */
export type RefusalReason =
  | 'cross-site'
  | 'signed-out'
  | 'unknown-sandbox'
  | 'not-a-member'
  | 'wrong-role'
  | 'malformed'
  | 'deleted';

/** A request that was declined. */
export interface RefusedRequest<Params = SandboxParams> {
  reason: RefusalReason;
  request: Request;
  params: Params;
  /** Who sent it, where that is a member of the sandbox. */
  member: Member | undefined;
}

/** Which requests of our own pages a route admits, and how it refuses all others. */
export interface Admission<Body, Params extends SandboxParams = SandboxParams> {
  /** What changes something comes from our own pages only; what reads, or asks by itself, may come from anywhere. */
  from: 'our-pages' | 'anywhere';
  /** Every role of the sandbox, where absent. */
  roles?: readonly Role[];
  /** Reads what was sent; undefined for anything that the route does not know. */
  read: (request: Request) => Promise<Body | undefined>;
  refuse: (refused: RefusedRequest<Params>) => Response;
  /** The response for an error that the work throws, where it is one that the sender should know. */
  explain?: (thrown: unknown) => Response | undefined;
}

/** A request that was admitted. */
export interface MemberRequest<Body, Params extends SandboxParams = SandboxParams> {
  member: Member;
  body: Body;
  params: Params;
  request: Request;
}

type Route<Params> = (request: Request, context: { params: Promise<Params> }) => Promise<Response>;

/**
 * The route handler of a request that our own pages send: `answer` is called only for members whom `admission` admits,
 * with the body that it reads. Every such handler is made here, so that none forgets a check.
 */
export function memberRoute<Body, Params extends SandboxParams>(
  admission: Admission<Body, Params>,
  answer: (admitted: MemberRequest<Body, Params>) => Promise<Response>,
): Route<Params> {
  return async (request, context) => {
    const params = await context.params;
    const refuse = (reason: RefusalReason, member?: Member) => admission.refuse({ reason, request, params, member });
    const admitted = await admit(request, params.sandbox, admission);
    if ('reason' in admitted) return refuse(admitted.reason, admitted.member);
    const { member, body } = admitted;
    const work = () => answer({ member, body, params, request });
    return unlessDeleted(member.sandbox.id, work, refuse('deleted', member)).catch((thrown: unknown) => {
      const explained = admission.explain?.(thrown);
      if (explained) return explained;
      throw thrown;
    });
  };
}

type Judged<Body> = { member: Member; body: Body } | { reason: RefusalReason; member?: Member };

async function admit<Body, Params extends SandboxParams>(
  request: Request,
  slug: string,
  { from, roles, read }: Admission<Body, Params>,
): Promise<Judged<Body>> {
  if (from === 'our-pages' && !sentFrom(env().origin, request.headers)) return { reason: 'cross-site' };
  const member = await memberOf(slug);
  if (typeof member === 'string') return { reason: member };
  if (roles && !roles.includes(member.role)) return { reason: 'wrong-role', member };
  const body = await read(request);
  return body === undefined ? { reason: 'malformed', member } : { member, body };
}
