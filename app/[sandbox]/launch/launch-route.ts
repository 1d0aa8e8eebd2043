import type { Member } from '#lib/data/member/memberships.ts';
import { env } from '#lib/env.ts';
import { type Admission, memberRoute, type RefusedRequest, type SandboxParams } from '#lib/session/member-request.ts';
import { formBody } from '#lib/session/request-body.ts';
import { signInAddress } from '#lib/session/return-to.ts';
import type { Refusal } from './refusal.ts';
import type { StartedLaunch } from './start-launch.ts';

const launchForm: Admission<FormData> = { from: 'our-pages', read: formBody, refuse: refuseForm };

/**
 * Makes the route handler for forms that open an app in the tab that posts them. It admits members on our own pages
 * only, and redirects them to the app that `start` answers, or to the page that explains the refusal.
 */
export function launchRoute<Params extends SandboxParams>(
  start: (member: Member, form: FormData, params: Params) => Promise<StartedLaunch>,
) {
  return memberRoute<FormData, Params>(launchForm, async ({ member, body, params }) =>
    goToLaunched(params.sandbox, await start(member, body, params)),
  );
}

/** Redirects to one of our paths or to an app. */
export function goTo(address: string): Response {
  return Response.redirect(new URL(address, env().origin), 303);
}

/** Redirects to the launched app, or to the page that explains the refusal. */
export function goToLaunched(slug: string, launched: StartedLaunch): Response {
  return 'refusal' in launched ? refuseLaunch(slug, launched.refusal) : goTo(launched.url);
}

/** Redirects to the page that explains why no app was opened. */
export function refuseLaunch(slug: string, reason: Refusal): Response {
  return goTo(`/${encodeURIComponent(slug)}/launch/refused?reason=${reason}`);
}

function refuseForm({ reason, params: { sandbox: slug } }: RefusedRequest): Response {
  if (reason === 'too-long') return new Response('The form is too long.', { status: 413 });
  if (reason === 'signed-out') return goTo(signInAddress(`/${slug}/apps`));
  return refuseLaunch(slug, reason === 'cross-site' ? reason : 'not-a-member');
}
