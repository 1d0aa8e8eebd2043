import type { SandboxMember } from '#lib/data/member/sandbox-member.ts';
import { type LaunchParameters, textParameter } from '#lib/smart/launch/context.ts';
import { type ContextChoice, missingContext } from '#lib/smart/launch/missing-context.ts';
import type { Choices } from './choices.ts';
import { onlyEncounter, onlyPatient } from './only-choice.ts';

/** A request for context: the user, the requested scopes, and whether the EHR launched the app. */
interface ContextRequest {
  sandboxId: number;
  member: SandboxMember;
  requested: string[];
  launched: boolean;
}

/** Launch parameters as far as they are settled, and the context that the user still has to choose. */
interface SettledParameters {
  parameters: LaunchParameters;
  missing: ContextChoice | undefined;
}

/**
 * Completes launch parameters with what the user chose, or with the only possible choice. The database is queried only
 * for a parameter that is missing and was not chosen.
 */
export async function settleParameters(
  request: ContextRequest,
  launched: LaunchParameters,
  choices: Choices,
): Promise<SettledParameters> {
  const withPatient = await settlePatient(request, launched, choices);
  const missing = missingContext(request.requested, withPatient, request.launched);
  if (missing !== 'encounter') return { parameters: withPatient, missing };
  const patient = textParameter(withPatient, 'patient') ?? '';
  const encounter =
    choices.encounter === undefined
      ? await onlyEncounter(request.sandboxId, request.member, patient)
      : choices.encounter;
  return {
    parameters: encounter ? { ...withPatient, encounter } : withPatient,
    // null is a choice too: no encounter.
    missing: encounter === undefined ? missing : undefined,
  };
}

async function settlePatient(
  { sandboxId, member, requested, launched: isLaunch }: ContextRequest,
  launched: LaunchParameters,
  choices: Choices,
): Promise<LaunchParameters> {
  if (missingContext(requested, launched, isLaunch) !== 'patient') return launched;
  const patient = choices.patient ?? (await onlyPatient(sandboxId, member));
  return patient ? { ...launched, patient } : launched;
}
