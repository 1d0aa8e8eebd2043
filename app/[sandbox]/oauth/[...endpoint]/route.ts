import { answerOauth } from '#lib/authorization-server/answer-oauth.ts';
import { currentSession } from '#lib/session/current-user.ts';
import { signedOutCookie } from '#lib/session/session-cookie.ts';

async function answer(request: Request, { params }: { params: Promise<{ sandbox: string }> }): Promise<Response> {
  return answerOauth(request, (await params).sandbox, currentSession, signedOutCookie);
}

export { answer as DELETE, answer as GET, answer as OPTIONS, answer as POST, answer as PUT };
