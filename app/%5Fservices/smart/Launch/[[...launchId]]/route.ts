import { answerLaunchService } from '#lib/resource-server/launch-service/answer-launch-service.ts';

/** The sandbox whose launch service answers at the root of the origin, where clients of older sandboxes look for it. */
const defaultSandbox = 'demo';

async function answer(request: Request): Promise<Response> {
  return answerLaunchService(request, defaultSandbox);
}

export {
  answer as DELETE,
  answer as GET,
  answer as HEAD,
  answer as OPTIONS,
  answer as PATCH,
  answer as POST,
  answer as PUT,
};
