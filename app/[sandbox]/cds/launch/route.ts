import { env } from '#lib/env.ts';
import { sentFrom } from '#lib/http/same-origin.ts';
import { memberOf } from '#lib/session/current-user.ts';
import { signInAddress } from '#lib/session/return-to.ts';
import { launchFromCard } from './launch-from-card.ts';

/** Opens the app behind a card's smart link in the tab that posted here, as `/{sandbox}/launch` does for a button. */
export async function POST(request: Request, { params }: { params: Promise<{ sandbox: string }> }): Promise<Response> {
  const { sandbox: slug } = await params;
  const goTo = (address: string) => Response.redirect(new URL(address, env().origin), 303);
  const refuse = (reason: string) => goTo(`/${encodeURIComponent(slug)}/launch/refused?reason=${reason}`);
  if (!sentFrom(env().origin, request.headers)) return refuse('cross-site');
  const member = await memberOf(slug);
  if (member === 'signed-out') return goTo(signInAddress(`/${slug}/apps`));
  if (typeof member === 'string') return refuse('not-a-member');
  const form = await request.formData().catch(() => undefined);
  const launched = await launchFromCard(member, form ?? new FormData());
  return 'refusal' in launched ? refuse(launched.refusal) : goTo(launched.url);
}
