import { answerFhir } from '#lib/resource-server/answer-fhir.ts';
import { answerLaunchService } from '#lib/resource-server/launch-service/answer-launch-service.ts';

type Context = { params: Promise<{ sandbox: string; interaction?: string[] }> };

async function answer(request: Request, { params }: Context): Promise<Response> {
  const { sandbox, interaction = [] } = await params;
  const toLaunchService = interaction.slice(0, 3).join('/') === '_services/smart/Launch';
  return toLaunchService ? answerLaunchService(request, sandbox) : answerFhir(request, sandbox);
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
