import { vi } from 'vitest';

/**
 * A second process on the same database: every module is loaded anew, so that it shares only what is stored. Load it
 * before anything is taken away, for it must notice by itself.
 */
export async function otherProcess() {
  vi.resetModules();
  const [{ answerOauth }, { answerFhir }, visits, browsers, requests, routes] = await Promise.all([
    import('#lib/authorization-server/answer-oauth.ts'),
    import('#lib/resource-server/answer-fhir.ts'),
    import('#lib/authorization-server/tests/visit.ts'),
    import('#lib/authorization-server/tests/browser.ts'),
    import('../action-request.ts'),
    pageRoutes(),
  ]);
  return { answerOauth, answerFhir, ...visits, ...browsers, ...requests, ...routes };
}

async function pageRoutes() {
  const [accept, override, launchCard, part, scenario] = await Promise.all([
    import('../../cds/cards/[card]/accept/route.ts'),
    import('../../cds/cards/[card]/override/route.ts'),
    import('../../cds/launch/route.ts'),
    import('../../admin/import/part/route.ts'),
    import('../../scenarios/[id]/launch/route.ts'),
  ]);
  return {
    accept: accept.POST,
    override: override.POST,
    launchCard: launchCard.POST,
    importPart: part.POST,
    openScenario: scenario.GET,
  };
}

export type OtherProcess = Awaited<ReturnType<typeof otherProcess>>;
