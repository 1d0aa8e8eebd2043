import { memberRoute } from '#lib/session/member-request.ts';
import { chartRequest } from '../chart-request.ts';
import { fireHook, HookRequest } from './fire-hook.ts';

/**
 * Fires a hook for a patient. Responds with a stream of JSON lines: the services asked, then each answer as it comes.
 */
export const POST = memberRoute(chartRequest(HookRequest), ({ member, body }) => fireHook(member, body));
