import { findScenario } from '#lib/data/launch/scenarios.ts';
import type { Member } from '#lib/data/member/memberships.ts';
import { isGoneTo } from '#lib/http/same-origin.ts';
import { memberOf } from '#lib/session/current-user.ts';
import { signInAddress } from '#lib/session/return-to.ts';
import { isFramed, type LaunchScenario } from '#lib/smart/scenario/launch-scenario.ts';
import { goTo, goToLaunched, launchDoor } from '../../../launch/launch-door.ts';
import { openScenario } from '../open-scenario.ts';

interface ScenarioParams {
  sandbox: string;
  id: string;
}

/** Launches a scenario in the tab, window or frame that posted here. */
export const POST = launchDoor<ScenarioParams>((member, _form, { id }) => openScenario(member, id));

/**
 * The link of a scenario: opens its app at once for whoever goes there by themselves. Where that cannot be, since a
 * page of another site led here, somebody else must sign in or a window must be opened, the page of the scenario says so.
 */
export async function GET(request: Request, { params }: { params: Promise<ScenarioParams> }): Promise<Response> {
  const { sandbox: slug, id } = await params;
  const page = `/${encodeURIComponent(slug)}/scenarios/${encodeURIComponent(id)}`;
  const isOwnWish = isGoneTo(request.headers);
  const member = await memberOf(slug);
  if (member === 'signed-out') return goTo(signInAddress(isOwnWish ? `${page}/launch` : page));
  if (typeof member === 'string') return goToLaunched(slug, { refusal: 'not-a-member' });
  const scenario = await findScenario(member.sandbox.id, id);
  if (!isOwnWish || !scenario || !opensByLink(scenario, member)) return goTo(page);
  return isFramed(scenario.embed) ? goTo(`${page}/frame`) : goToLaunched(slug, await openScenario(member, id));
}

function opensByLink({ embed, username }: LaunchScenario, { user }: Member): boolean {
  return embed !== 'popup' && (username === undefined || username === user.username);
}
