import { notePatient } from '#lib/audit/note-patient.ts';
import { recordLaunch } from '#lib/data/launch/launches.ts';
import { findClientByLaunchUri } from '#lib/data/launch/uris.ts';
import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';
import { textParameter } from '#lib/smart/launch/context.ts';
import type { Caller } from '../request/bearer.ts';
import { badRequest } from './launch-error.ts';
import { launchJson } from './launch-json.ts';
import { type LaunchRequest, readLaunchRequest } from './launch-request.ts';
import { refuseBeyondReach } from './parameters-reach.ts';

/**
 * Registers the launch described by the body, and answers its id.
 * @throws LaunchError 400 or 415 for the body, 403 for a context beyond the reach of the token
 */
export async function registerLaunch(request: Request, caller: Caller): Promise<Response> {
  const sent = await readLaunchRequest(request);
  const { sandbox, token } = caller;
  const clientId = sent.clientId ?? (await clientOf(sandbox.id, sent));
  notePatient(sandbox.id, textParameter(sent.parameters, 'patient'));
  await refuseBeyondReach(caller, sent.parameters);
  const recorded = await recordLaunch(
    withoutUndefined({
      sandboxId: sandbox.id,
      clientId,
      parameters: sent.parameters,
      origin: 'api' as const,
      createdBy: token.clientId,
      userId: token.userId,
    }),
  );
  if ('refusal' in recorded) throw badRequest(recorded.refusal.message);
  return Response.json(launchJson(recorded.launchId, recorded.launch, caller, recorded.launchUri));
}

/**
 * The client with this launch URI. @throws LaunchError 400 when none has it, or several do
 * @throws LaunchError 400 where none has it, or several
 */
async function clientOf(sandboxId: number, { launchUrl = '' }: LaunchRequest): Promise<string> {
  const clientId = await findClientByLaunchUri(sandboxId, launchUrl);
  if (clientId) return clientId;
  throw badRequest(
    'launchUrl is not the launch URI of exactly one app registered in this sandbox. Send client_id instead.',
  );
}
