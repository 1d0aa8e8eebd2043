import type { Advice } from '#lib/cds-hooks/fire.ts';
import { findClientByLaunchUri } from '#lib/data/launch/uris.ts';

/** For each smart link's address in an answer, the client_id of its app; undefined where none is registered. */
export async function linkTargets(
  sandboxId: number,
  advice: Advice | { problem: string },
): Promise<Map<string, string | undefined>> {
  const links = 'cards' in advice ? advice.cards.flatMap(({ card }) => card.links) : [];
  const urls = [...new Set(links.filter(({ type }) => type === 'smart').map(({ url }) => url))];
  const found = urls.map(async (url) => [url, await findClientByLaunchUri(sandboxId, url)] as const);
  return new Map(await Promise.all(found));
}
