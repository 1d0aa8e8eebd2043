import type { Member } from '#lib/data/member/memberships.ts';
import { env } from '#lib/env.ts';
import { type Admission, memberRoute, type RefusedRequest, type SandboxParams } from '#lib/session/member-request.ts';
import { formBody } from '#lib/session/request-body.ts';
import { signInAddress } from '#lib/session/return-to.ts';
import type { Refusal } from './refusal.ts';
import type { StartedLaunch } from './start-launch.ts';

const launchForm: Admission<FormData> = { from: 'our-pages', read: formBody, refuse: refuseForm };

/**
 * Makes the handler of forms that open an app in the tab that posted them: only for our own pages and for members, who
 * are sent on to the app that `start` names, or to the page that says why there is none.
 */
export function launchRoute<Params extends SandboxParams>(
  start: (member: Member, form: FormData, params: Params) => Promise<StartedLaunch>,
) {
  return memberRoute<FormData, Params>(launchForm, async ({ member, body, params }) =>
    goToLaunched(params.sandbox, await start(member, body, params)),
  );
}

/** Sends a browser on to a path of ours or to an app. */
export function goTo(address: string): Response {
  return Response.redirect(new URL(address, env().origin), 303);
}

/** Sends a browser on to where a launch leads: the app, or the page that says why there is none. */
export function goToLaunched(slug: string, launched: StartedLaunch): Response {
  return 'refusal' in launched ? refuseLaunch(slug, launched.refusal) : goTo(launched.url);
}

/** Sends a browser to the page that says why no app was opened. */
export function refuseLaunch(slug: string, reason: Refusal): Response {
  return goTo(`/${encodeURIComponent(slug)}/launch/refused?reason=${reason}`);
}

function refuseForm({ reason, params: { sandbox: slug } }: RefusedRequest): Response {
  if (reason === 'signed-out') return goTo(signInAddress(`/${slug}/apps`));
  return refuseLaunch(slug, reason === 'cross-site' ? reason : 'not-a-member');
}
