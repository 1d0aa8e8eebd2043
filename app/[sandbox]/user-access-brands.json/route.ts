import { answerBrands } from '#lib/resource-server/discovery/published.ts';

async function answer(request: Request, { params }: { params: Promise<{ sandbox: string }> }): Promise<Response> {
  return answerBrands(request, (await params).sandbox);
}

export { answer as GET, answer as HEAD, answer as OPTIONS };
