import { answerInteraction } from '#lib/authorization-server/interaction/answer-interaction.ts';
import { currentSession } from '#lib/session/current-user.ts';

interface Context {
  params: Promise<{ sandbox: string; uid: string; step: string }>;
}

async function answer(request: Request, { params }: Context): Promise<Response> {
  const { sandbox: slug, uid, step } = await params;
  return answerInteraction(request, { slug, uid, step }, currentSession);
}

export { answer as GET, answer as POST };
