import type { Member } from '#lib/data/member/memberships.ts';
import { unlessDeleted } from '#lib/data/sandbox/deleted-sandboxes.ts';
import { env } from '#lib/env.ts';
import { sentFrom } from '#lib/http/same-origin.ts';
import { memberOf } from '#lib/session/current-user.ts';
import { signInAddress } from '#lib/session/return-to.ts';
import type { Refusal } from './refusal.ts';
import type { StartedLaunch } from './start-launch.ts';

type Params = { sandbox: string };
type Start<Named extends Params> = (member: Member, form: FormData, params: Named) => Promise<StartedLaunch>;
type Door<Named> = (request: Request, context: { params: Promise<Named> }) => Promise<Response>;

/**
 * A handler of forms that open an app in the tab that posted them: only for our own pages and for members, who are
 * sent on to the app that `start` names, or to the page that says why there is none.
 */
export function launchDoor<Named extends Params>(start: Start<Named>): Door<Named> {
  return async (request, { params }) => answer(request, await params, start);
}

/** Sends a browser on to a path of ours or to an app. */
export function goTo(address: string): Response {
  return Response.redirect(new URL(address, env().origin), 303);
}

/** Sends a browser on to where a launch leads: the app, or the page that says why there is none. */
export function goToLaunched(slug: string, launched: StartedLaunch): Response {
  return 'refusal' in launched ? refuse(slug, launched.refusal) : goTo(launched.url);
}

function refuse(slug: string, reason: Refusal): Response {
  return goTo(`/${encodeURIComponent(slug)}/launch/refused?reason=${reason}`);
}

async function answer<Named extends Params>(request: Request, params: Named, start: Start<Named>): Promise<Response> {
  const { sandbox: slug } = params;
  if (!sentFrom(env().origin, request.headers)) return refuse(slug, 'cross-site');
  const member = await memberOf(slug);
  if (member === 'signed-out') return goTo(signInAddress(`/${slug}/apps`));
  if (typeof member === 'string') return refuse(slug, 'not-a-member');
  const form = await request.formData().catch(() => undefined);
  const launch = () => start(member, form ?? new FormData(), params);
  return goToLaunched(slug, await unlessDeleted(member.sandbox.id, launch, { refusal: 'not-a-member' }));
}
