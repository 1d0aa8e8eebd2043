import { findScenario } from '#lib/data/launch/scenarios.ts';
import type { Member } from '#lib/data/member/memberships.ts';
import { isGoneTo } from '#lib/http/same-origin.ts';
import { type Admission, memberRoute } from '#lib/session/member-request.ts';
import { noBody } from '#lib/session/request-body.ts';
import { signInAddress } from '#lib/session/return-to.ts';
import { isFramed, type LaunchScenario } from '#lib/smart/scenario/launch-scenario.ts';
import { goTo, goToLaunched, launchRoute, refuseLaunch } from '../../../launch/launch-route.ts';
import { openScenario } from '../open-scenario.ts';

interface ScenarioParams {
  sandbox: string;
  id: string;
}

/** Launches a scenario in the tab, window or frame whose form posts here. */
export const POST = launchRoute<ScenarioParams>((member, _form, { id }) => openScenario(member, id));

const link: Admission<null, ScenarioParams> = {
  from: 'anywhere',
  read: noBody,
  refuse({ reason, request, params }) {
    if (reason !== 'signed-out') return refuseLaunch(params.sandbox, 'not-a-member');
    const page = pageOf(params);
    return goTo(signInAddress(isGoneTo(request.headers) ? `${page}/launch` : page));
  },
};

/**
 * The link of a scenario, which opens its app at once if the user went there by themselves. Otherwise it leads to the
 * scenario's page: when another site led here, when another user must sign in, and when a window must be opened.
 */
export const GET = memberRoute(link, async ({ member, request, params }) => {
  const page = pageOf(params);
  const scenario = await findScenario(member.sandbox.id, params.id);
  if (!isGoneTo(request.headers) || !scenario || !opensByLink(scenario, member)) return goTo(page);
  if (isFramed(scenario.embed)) return goTo(`${page}/frame`);
  return goToLaunched(params.sandbox, await openScenario(member, params.id));
});

function pageOf({ sandbox, id }: ScenarioParams): string {
  return `/${encodeURIComponent(sandbox)}/scenarios/${encodeURIComponent(id)}`;
}

function opensByLink({ embed, username }: LaunchScenario, { user }: Member): boolean {
  return embed !== 'popup' && (username === undefined || username === user.username);
}
