import type { Launch } from '#lib/data/launch/launches.ts';
import { fhirBaseOf } from '#lib/env.ts';
import type { LaunchId } from '#lib/smart/launch/ids.ts';
import { launchUrl } from '#lib/smart/launch/launch.ts';
import type { Caller } from '../request/bearer.ts';

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The form in which existing clients of the service parse times: `Mon Nov 06 23:31:53 UTC 2017`. */
function classicTime(time: Date): string {
  const clock = time.toISOString().slice(11, 19);
  const date = String(time.getUTCDate()).padStart(2, '0');
  return `${days[time.getUTCDay()]} ${months[time.getUTCMonth()]} ${date} ${clock} UTC ${time.getUTCFullYear()}`;
}

/** Describes a launch to the caller. Only the caller knows its id, of which the hash is stored. */
export function launchJson(launchId: LaunchId, launch: Launch, { sandbox, token }: Caller, launchUri?: string) {
  return {
    launch_id: launchId,
    created_at: classicTime(launch.createdAt),
    created_by: launch.createdBy ?? null,
    parameters: launch.parameters,
    username: token.user?.username ?? null,
    client_id: launch.clientId,
    expires_at: launch.expiresAt.toISOString(),
    launch_url: launchUri ? launchUrl(launchUri, fhirBaseOf(sandbox.slug), launchId) : undefined,
  };
}
