import { answerMember } from '../member-request.ts';
import { fireHook, HookRequest } from './fire-hook.ts';

/** Fires a hook for the open patient: a stream of JSON lines, the services asked first, then each answer as it comes. */
export async function POST(request: Request, { params }: { params: Promise<{ sandbox: string }> }): Promise<Response> {
  return answerMember(request, (await params).sandbox, HookRequest, fireHook);
}
