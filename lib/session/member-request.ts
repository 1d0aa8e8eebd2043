import { busyOf } from '#lib/data/database/trouble/busy.ts';
import type { Member } from '#lib/data/member/memberships.ts';
import { unlessDeleted } from '#lib/data/sandbox/deleted-sandboxes.ts';
import { env } from '#lib/env.ts';
import { sentFrom } from '#lib/http/same-origin.ts';
import type { Role } from '#lib/smart/role.ts';
import { BodyTooLong, onlyTooLong } from './body-too-long.ts';
import { busyAnswer } from './busy-answer.ts';
import { memberOf } from './current-user.ts';

/** The dynamic segments of a route below a sandbox. */
export interface SandboxParams {
  sandbox: string;
}

/** Why a request was refused, before or during its handling. */
export type RefusalReason =
  | 'cross-site'
  | 'signed-out'
  | 'unknown-sandbox'
  | 'not-a-member'
  | 'wrong-role'
  | 'malformed'
  | 'too-long'
  | 'deleted';

/** A refused request. */
export interface RefusedRequest<Params = SandboxParams> {
  reason: RefusalReason;
  request: Request;
  params: Params;
  /** The sender, if they are a member of the sandbox. */
  member: Member | undefined;
}

/** The rules by which a route admits requests of our own pages, and its response to all others. */
export interface Admission<Body, Params extends SandboxParams = SandboxParams> {
  /**
   * `our-pages` for requests that change something; `anywhere` for those that only read, or that ask the user first.
   */
  from: 'our-pages' | 'anywhere';
  /** The admitted roles; all of them when absent. */
  roles?: readonly Role[];
  /** Reads the body; undefined when it is not valid. A BodyTooLong that it throws becomes a refusal. */
  read: (request: Request) => Promise<Body | undefined>;
  refuse: (refused: RefusedRequest<Params>) => Response;
  /** The response to an error that the sender should know about; undefined for any other error. */
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
 * Makes the route handler for a request of our own pages: `answer` is called only for members whom `admission` admits,
 * with the body that it has read. Every such handler is made here, so that none forgets a check. Unless it says
 * otherwise, no cache keeps its answer: it depends on who is signed in. Trouble that passes is 503.
 */
export function memberRoute<Body, Params extends SandboxParams>(
  admission: Admission<Body, Params>,
  answer: (admitted: MemberRequest<Body, Params>) => Promise<Response>,
): Route<Params> {
  const respond: Route<Params> = async (request, context) => {
    const params = await context.params;
    const refuse = (reason: RefusalReason, member?: Member) => admission.refuse({ reason, request, params, member });
    const admitted = await admit(request, params.sandbox, admission);
    if ('reason' in admitted) return refuse(admitted.reason, admitted.member);
    const { member, body } = admitted;
    const work = () => answer({ member, body, params, request });
    return unlessDeleted(member.sandbox.id, work, refuse('deleted', member)).catch((thrown: unknown) => {
      const explained = busyOf(thrown) ? undefined : admission.explain?.(thrown);
      if (explained) return explained;
      throw thrown;
    });
  };
  return async (request, context) => {
    const answered = await respond(request, context).catch((thrown: unknown) => {
      const busy = busyAnswer(request, thrown);
      if (busy) return busy;
      throw thrown;
    });
    return uncached(answered);
  };
}

function uncached(answer: Response): Response {
  if (answer.headers.has('cache-control')) return answer;
  const headers = new Headers(answer.headers);
  headers.set('Cache-Control', 'no-store');
  return new Response(answer.body, { status: answer.status, statusText: answer.statusText, headers });
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
  const body = await read(request).catch(onlyTooLong);
  if (body instanceof BodyTooLong) return { reason: 'too-long', member };
  return body === undefined ? { reason: 'malformed', member } : { member, body };
}
