/** Plays the requests that the papers show against our servers, in their order, and compares the answers. */
import { beforeAll, expect, it } from 'vitest';
import * as fhirRoute from '#app/[sandbox]/fhir/[[...interaction]]/route.ts';
import * as healthRoute from '#app/health/route.ts';
import { answerOauth } from '#lib/authorization-server/answer-oauth.ts';
import { Browser, tokensFor } from '#lib/authorization-server/tests/browser.ts';
import {
  makeClient,
  makeLaunch,
  makePatient,
  makeSandbox,
  secret,
} from '#lib/authorization-server/tests/sandbox-fixture.ts';
import { makeInitialAccessToken } from '#lib/data/client/initial-access-tokens.ts';
import { setRegistrationMode } from '#lib/data/client/registration-mode.ts';
import { putResources } from '#lib/data/resource/resources.ts';
import { env } from '#lib/env.ts';
import { answerBrands } from '#lib/resource-server/discovery/published.ts';
import { answerIssues } from '#scripts/papers/answer-issues.ts';
import { exchangesOf } from '#scripts/papers/exchanges.ts';
import { readPapers } from '#scripts/papers/papers.ts';
import type { WrittenRequest } from '#scripts/papers/written-request.ts';

const papers = readPapers().filter((paper) => exchangesOf(paper).length > 0);

/** What stands in capitals where the papers cannot know a secret. */
let secrets: Record<string, string>;

beforeAll(async () => {
  const sandbox = await makeSandbox('demo');
  await putResources(sandbox.id, [makePatient('BILIBABY')]);
  await setRegistrationMode(sandbox.id, 'token');
  await makeClient(sandbox, { clientId: 'bilirubin_chart' });
  await makeClient(sandbox, { clientId: 'my_service', type: 'secret', scope: 'system/*.rs', redirectUris: [] });
  const scope = 'launch user/*.rs';
  const console = await makeClient(sandbox, { scope });
  const launch = await makeLaunch(sandbox, console, {});
  const tokens = await tokensFor(new Browser(sandbox, sandbox.users.chen), console, {
    scope,
    launch,
    nonce: undefined,
  });
  secrets = {
    'INITIAL-ACCESS-TOKEN': await makeInitialAccessToken(sandbox.id, {
      label: 'For the papers',
      madeBy: 'Ada Admin',
      expiresAt: null,
    }),
    'ACCESS-TOKEN': tokens.access_token,
    'CLIENT-SECRET': encodeURIComponent(secret),
  };
});

it('are in several papers', () => expect(papers.length).toBeGreaterThan(5));

it.each(papers)('$file says what is answered', async (paper) => {
  const told: Record<string, string> = {};
  for (const { request, answer } of exchangesOf(paper)) {
    const response = await send(request, told);
    const body = await response.text();
    const contentType = response.headers.get('content-type') ?? '';
    const shown = `${request.method} ${request.target}`;
    expect([shown, answerIssues(answer, { status: response.status, contentType, body })]).toEqual([shown, []]);
    if (contentType.includes('json')) Object.assign(told, JSON.parse(body));
  }
});

/** Sends what a paper writes; `{name}` stands for a member of an earlier answer in the same paper. */
function send({ method, target, headers, body }: WrittenRequest, told: Record<string, string>): Promise<Response> {
  const fill = (text: string) =>
    text
      .replaceAll(/(?<![\w-])[A-Z]+(?:-[A-Z]+)+(?![\w-])/g, (name) => secrets[name] ?? name)
      .replaceAll(/\{(\w+)\}/g, (whole, name) => told[name] ?? whole);
  const filled = Object.entries(headers).map(([name, value]) => [name, fill(value)] as [string, string]);
  const init: RequestInit = { method, headers: filled };
  if (body !== undefined) init.body = fill(body);
  return answer(new Request(`${env().origin}${fill(target)}`, init));
}

const atFhirBase = { ...fhirRoute };

type Method = keyof typeof atFhirBase;

async function answer(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  const [slug = '', room = '', ...interaction] = pathname.slice(1).split('/');
  if (pathname === '/health') return healthRoute.GET();
  if (room === 'user-access-brands.json') return answerBrands(request, slug);
  if (room === 'oauth') return answerOauth(request, slug, async () => undefined);
  if (room !== 'fhir') throw new Error(`Say here what answers ${pathname}.`);
  return atFhirBase[request.method as Method](request, { params: Promise.resolve({ sandbox: slug, interaction }) });
}
