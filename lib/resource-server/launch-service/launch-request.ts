import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';
import { mediaType } from '#lib/http/accept.ts';
import { maxBodyLength } from '#lib/http/body/max-body-length.ts';
import { readBody, tooLong } from '#lib/http/body/read-body.ts';
import { checkLaunchParameters, type LaunchParameters } from '#lib/smart/launch/context.ts';
import { badRequest, LaunchError } from './launch-error.ts';

/** A launch to register, as the request describes it. */
export interface LaunchRequest {
  clientId?: string;
  launchUrl?: string;
  parameters: LaunchParameters;
}

/** Reads the body of a registration. @throws LaunchError 400 or 415 that says what is wrong with it. */
export async function readLaunchRequest(request: Request): Promise<LaunchRequest> {
  if (mediaType(request.headers.get('content-type')) !== 'application/json') {
    throw new LaunchError(415, 'invalid_request', 'Send the launch as Content-Type: application/json.');
  }
  const body = await readBody(request, maxBodyLength.message);
  if (!body) throw badRequest(tooLong(maxBodyLength.message));
  return parse(body);
}

function parse(body: Uint8Array): LaunchRequest {
  const sent = parseJson(body);
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent))
    throw badRequest('The body must be a JSON object.');
  const { client_id: clientId, launchUrl, parameters } = sent as Record<string, unknown>;
  if (parameters === undefined) throw badRequest('parameters is missing: a JSON object, which may be empty.');
  const checked = checkLaunchParameters(parameters);
  if ('issue' in checked) throw badRequest(checked.issue);
  const named = { clientId: textMember('client_id', clientId), launchUrl: textMember('launchUrl', launchUrl) };
  if (!named.clientId && !named.launchUrl) {
    throw badRequest(
      'client_id is missing: the app that shall be launched, or launchUrl, the launch URI of one registered app.',
    );
  }
  return withoutUndefined({ parameters: checked.parameters, ...named });
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw badRequest('The body is not JSON in UTF-8.');
  }
}

function textMember(name: string, value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string' || value === '' || value.includes('\0')) throw badRequest(`${name} must be a text.`);
  return value;
}
