import type { Member } from '#lib/data/memberships.ts';
import { env } from '#lib/env.ts';
import { sentFrom } from '#lib/http/same-origin.ts';
import { memberOf } from '#lib/session/current-user.ts';
import { signInAddress } from '#lib/session/return-to.ts';
import type { StartedLaunch } from './start-launch.ts';

type Start = (member: Member, form: FormData) => Promise<StartedLaunch>;
type Door = (request: Request, context: { params: Promise<{ sandbox: string }> }) => Promise<Response>;

/**
 * A handler of forms that open an app in the tab that posted them: only for our own pages and for members, who are
 * sent on to the app that `start` names, or to the page that says why there is none.
 */
export function launchDoor(start: Start): Door {
  return async (request, { params }) => answer(request, (await params).sandbox, start);
}

async function answer(request: Request, slug: string, start: Start): Promise<Response> {
  const goTo = (address: string) => Response.redirect(new URL(address, env().origin), 303);
  const refuse = (reason: string) => goTo(`/${encodeURIComponent(slug)}/launch/refused?reason=${reason}`);
  if (!sentFrom(env().origin, request.headers)) return refuse('cross-site');
  const member = await memberOf(slug);
  if (member === 'signed-out') return goTo(signInAddress(`/${slug}/apps`));
  if (typeof member === 'string') return refuse('not-a-member');
  const form = await request.formData().catch(() => undefined);
  const launched = await start(member, form ?? new FormData());
  return 'refusal' in launched ? refuse(launched.refusal) : goTo(launched.url);
}
