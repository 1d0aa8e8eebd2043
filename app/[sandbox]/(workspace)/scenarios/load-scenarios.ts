import type { ScenarioRecord } from '#components/scenario/scenario-record.ts';
import { findScenarios, type ListedScenario } from '#lib/data/launch/scenarios.ts';
import type { Member } from '#lib/data/member/memberships.ts';
import { env } from '#lib/env.ts';
import { textParameter } from '#lib/smart/launch/context.ts';
import { namedPatient, type PatientNames, patientNames } from '../../patient-names.ts';

/** The scenarios of a sandbox that `member` may see: all for staff, those that they may open for a patient. */
export async function loadScenarios(member: Member): Promise<ScenarioRecord[]> {
  const { sandbox, user, role } = member;
  const scenarios = await findScenarios(sandbox.id, role === 'patient' ? user.username : undefined);
  const ids = scenarios.flatMap(({ parameters }) => textParameter(parameters, 'patient') ?? []);
  const names = await patientNames(member, 'scenarios', ids);
  // A patient must not learn who the other patients are, not even by an id.
  const isShown = ({ parameters }: ListedScenario) => {
    const patient = textParameter(parameters, 'patient');
    return role !== 'patient' || patient === undefined || names.has(patient);
  };
  return scenarios.filter(isShown).map((scenario) => toRecord(member, scenario, names));
}

function toRecord(
  { sandbox: { slug }, user: { username } }: Member,
  { parameters, ...scenario }: ListedScenario,
  names: PatientNames,
): ScenarioRecord {
  const { patient: _patient, encounter: _encounter, ...others } = parameters;
  const href = `/${slug}/scenarios/${scenario.id}`;
  return {
    id: scenario.id,
    name: scenario.name,
    description: scenario.description,
    embed: scenario.embed,
    client: { clientId: scenario.clientId, ...scenario.client },
    user: scenario.username === undefined ? undefined : { username: scenario.username, name: scenario.user?.name },
    patient: namedPatient(textParameter(parameters, 'patient'), names),
    encounter: textParameter(parameters, 'encounter'),
    otherParameters: Object.keys(others),
    href,
    link: `${env().origin}${href}/launch`,
    refusal: refusalOf(scenario, username),
  };
}

function refusalOf(scenario: Omit<ListedScenario, 'parameters'>, username: string): ScenarioRecord['refusal'] {
  if (!scenario.client.enabled) return 'disabled-client';
  if (scenario.username === undefined || scenario.username === username) return undefined;
  return scenario.user ? 'another-user' : 'no-member';
}
