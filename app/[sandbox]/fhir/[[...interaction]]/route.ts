import { answerFhir } from '#lib/resource-server/answer-fhir.ts';

type Context = { params: Promise<{ sandbox: string }> };

async function answer(request: Request, { params }: Context): Promise<Response> {
  return answerFhir(request, (await params).sandbox);
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
