import { findScenario } from '#lib/data/launch/scenarios.ts';
import type { Member } from '#lib/data/member/memberships.ts';
import { openAs, type StartedLaunch } from '../../launch/start-launch.ts';

/** Launches a scenario as `member`, within their reach. Answers the launch URL, or the reason for a refusal. */
export async function openScenario(member: Member, id: string): Promise<StartedLaunch> {
  const scenario = await findScenario(member.sandbox.id, id);
  if (!scenario) return { refusal: 'unknown-scenario' };
  const { clientId, parameters, username } = scenario;
  if (username !== undefined && username !== member.user.username) return { refusal: 'another-user' };
  return openAs(member, { clientId, parameters, origin: 'scenario' });
}
