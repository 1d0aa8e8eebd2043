/** Updates index rows written by an earlier release, while the server is serving. */
import { persist } from '#lib/data/database/persist.ts';
import { sandboxesToReindex } from '#lib/data/resource/index-state.ts';
import { refreshStatistics } from '#lib/data/resource/statistics.ts';
import { log } from '#lib/log/log.ts';
import { isOfEnding } from '#lib/work/ending.ts';

/**
 * Indexes again all sandboxes indexed by an earlier release, in turns, reporting progress. While the database is in
 * trouble it waits. Never throws, as it can continue later.
 */
export async function reindexSandboxes(): Promise<void> {
  const found = await persist(sandboxesToReindex).catch(cutShort);
  await Promise.all((found ?? []).map(({ id, slug }) => persist(() => reindex(id, slug)).catch(cutShort)));
}

function cutShort(error: Error): undefined {
  if (isOfEnding(error)) return;
  log.error('Indexing was cut short and goes on with the next start.', { error });
}

async function reindex(id: number, slug: string): Promise<void> {
  // Imported only here, as it loads the FHIR definitions, which a start with nothing to index need not wait for.
  const { reindexSandbox } = await import('#lib/data/resource/reindex.ts');
  let tenth = 0;
  let all = 0;
  await reindexSandbox(id, (done, total) => {
    all = total;
    const reached = Math.floor((10 * done) / Math.max(total, 1));
    if (reached > tenth) log.info('Indexing a sandbox for this release.', { sandbox: slug, done, total });
    tenth = Math.max(tenth, reached);
  });
  if (all > 0) await refreshStatistics();
}
