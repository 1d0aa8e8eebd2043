import { randomUUID } from 'node:crypto';
import { authorizeUrl } from '#lib/authorization-server/tests/browser.ts';
import { keepCards } from '#lib/data/cds/cards.ts';
import { issueCdsToken } from '#lib/data/cds/tokens.ts';
import { database } from '#lib/data/database/database.ts';
import { recordLaunch } from '#lib/data/launch/launches.ts';
import { startImport } from '#lib/data/seed/import-jobs.ts';
import { cdsClientId } from '#lib/data/token/cds-client-id.ts';
import { env, fhirBaseOf } from '#lib/env.ts';
import { across, arrives, browserOf, type Hold, parameters, reads, type World } from './world.ts';

const asJson = { 'content-type': 'application/json' };

/** What hangs on a CDS service: its token, and a card with a suggestion and a link to an app. */
export const cdsToken =
  (service: () => string): Hold =>
  async (world) => {
    const { sandbox, userId, patient } = world;
    const about = { sandboxId: sandbox.id, service: service(), userId, patient };
    const scope = { scope: 'patient/*.rs', audience: fhirBaseOf(sandbox.slug), lifetime: 300 };
    const value = await issueCdsToken({ ...about, ...scope });
    return () => reads(world, value);
  };

const shown = {
  summary: 'Look',
  indicator: 'info',
  source: { label: 'Us' },
  selectionBehavior: 'any',
  suggestions: [{ label: 'Nothing', actions: [] }],
  links: [{ label: 'Open', url: 'https://app.example/launch', type: 'smart', appContext: 'said' }],
};

/** Posts what the chart posts about a card, and tells whether it was done. */
function card(service: () => string, post: (world: World, id: string) => Promise<Response>): Hold {
  return async (world) => {
    const { sandbox, userId, patient: patientId } = world;
    const whose = { sandboxId: sandbox.id, serviceKey: service(), userId, patientId };
    const fired = { hook: 'patient-view', hookInstance: randomUUID(), drafts: [] };
    const [id = ''] = await keepCards({ ...whose, ...fired }, [shown]);
    return async () => {
      await world.there.signInAs(userId);
      const answer = await post(world, id);
      return answer.ok || (answer.headers.get('location')?.startsWith('https://app.example/launch?') ?? false);
    };
  };
}

const fromOurPage = (json: object) => ({
  method: 'POST',
  headers: { ...asJson, 'sec-fetch-site': 'same-origin' },
  body: JSON.stringify(json),
});
const at = ({ sandbox }: World, init: RequestInit) => new Request(`${env().origin}/${sandbox.slug}/cds`, init);

export const acceptedCard = (service: () => string) =>
  card(service, (world, id) =>
    world.there.accept(at(world, fromOurPage({ suggestions: [0] })), {
      params: Promise.resolve({ sandbox: world.sandbox.slug, card: id }),
    }),
  );

export const overriddenCard = (service: () => string) =>
  card(service, (world, id) =>
    world.there.override(at(world, fromOurPage({})), {
      params: Promise.resolve({ sandbox: world.sandbox.slug, card: id }),
    }),
  );

export const smartLink = (service: () => string) =>
  card(service, (world, id) => {
    const body = new URLSearchParams({ card: id, link: '0' });
    const request = at(world, { method: 'POST', body, headers: { 'sec-fetch-site': 'same-origin' } });
    return world.there.launchCard(request, { params: Promise.resolve({ sandbox: world.sandbox.slug }) });
  });

/** An app that was opened by the link of a card and has not arrived yet. */
export const openedLink =
  (service: () => string): Hold =>
  async (world) => {
    const { sandbox, clientId, userId, patient } = world;
    const from = { origin: 'cds' as const, createdBy: cdsClientId(service()) };
    const recorded = await recordLaunch({
      sandboxId: sandbox.id,
      clientId,
      userId,
      parameters: { patient, appContext: 'said' },
      ...from,
    });
    if ('refusal' in recorded) throw new Error(recorded.refusal.message);
    const url = authorizeUrl(sandbox, clientId, { launch: recorded.launchId });
    return async () => arrives(await across(world, browserOf(world)).visit(url));
  };

/** The link of a scenario, which leads to its app. */
export const scenarioLink: Hold = async (world) => {
  const { sandbox, clientId, userId, there } = world;
  const scenario = { sandboxId: sandbox.id, id: 'scenario', name: 'One', parameters: parameters(world), clientId };
  await database().launchScenario.createMany({ data: [scenario], skipDuplicates: true });
  return async () => {
    await there.signInAs(userId);
    const headers = { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' };
    const request = new Request(`${env().origin}/${sandbox.slug}/scenarios/scenario/launch`, { headers });
    const params = Promise.resolve({ sandbox: sandbox.slug, id: 'scenario' });
    const answer = await there.openScenario(request, { params });
    return answer.headers.get('location')?.startsWith('https://app.example/launch?') ?? false;
  };
};

/** An upload that has begun, of which one more part is sent. */
export const importPart: Hold = async ({ sandbox, there }) => {
  const job = await startImport(sandbox.id, 'Ada', { files: 2, bytes: 200 });
  return async () => {
    await there.signInAs(sandbox.users.admin);
    const place = { job, file: `${job}.json`, lines: 'false', firstLine: '1', bytes: '45', last: 'true' };
    const address = `${env().origin}/${sandbox.slug}/admin/import/part?${new URLSearchParams(place)}`;
    const request = new Request(address, fromOurPage({ resourceType: 'Patient', id: job }));
    const answer = await there.importPart(request, { params: Promise.resolve({ sandbox: sandbox.slug }) });
    return answer.ok && (await answer.json()).created === 1;
  };
};
