import { answerOauth } from '#lib/authorization-server/answer-oauth.ts';

async function answer(request: Request, { params }: { params: Promise<{ sandbox: string }> }): Promise<Response> {
  return answerOauth(request, (await params).sandbox, async () => undefined);
}

export { answer as GET, answer as OPTIONS };
