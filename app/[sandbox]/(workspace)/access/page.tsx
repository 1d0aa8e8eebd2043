import { redirect } from 'next/navigation';
import { AppAccess } from '#components/access/app-access.tsx';
import { byApp } from '#components/access/by-app.ts';
import { NoAccess } from '#components/access/no-access.tsx';
import { RememberedAnswers } from '#components/access/remembered-answers.tsx';
import { ButtonLink } from '#components/ui/button.tsx';
import { isolating } from '#components/ui/isolating.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { WorkspacePage } from '#components/workspace/workspace-frame.tsx';
import { findConsentsOf } from '#lib/data/token/consents.ts';
import { requireMember } from '#lib/session/current-user.ts';
import { NumberedPages } from '../../_list/numbered-pages.tsx';
import { pageNumber, type SearchParameters } from '../../_list/search-parameters.ts';
import { loadAccess } from '../../load-access.ts';
import { forgetAnswer, revokeOwnAccess } from './actions.ts';

export const metadata = { title: 'Apps with access' };

interface AccessPageProps {
  params: Promise<{ sandbox: string }>;
  searchParams: Promise<SearchParameters>;
}

/** The page that lists the apps with access by the user's own grants, and lets them revoke it. */
export default async function AccessPage({ params, searchParams }: AccessPageProps) {
  const { sandbox: slug } = await params;
  const list = `/${slug}/access`;
  const page = pageNumber.parse((await searchParams).page);
  const member = await requireMember(slug, undefined, page > 1 ? `${list}?page=${page}` : list);
  const now = new Date();
  const [shown, answers] = await Promise.all([
    loadAccess(member, { filter: { userId: member.user.id }, page, order: 'app', path: 'access' }, now),
    findConsentsOf(member.sandbox.id, member.user.id),
  ]);
  if (shown.grants.length === 0 && page > 1) redirect(list);
  const facts = { sandbox: slug, ownRecord: member.role === 'patient', now };
  return (
    <WorkspacePage>
      <PageHeader
        title="Apps with access"
        description={isolating`What these apps do in ${member.sandbox.name} they do as you. Revoke what you do not need any more.`}
      />
      <p role="status" className="sr-only">
        {shown.range.total === 1 ? 'Access was given once.' : `Access was given ${shown.range.total} times.`}
      </p>
      {shown.grants.length === 0 ? <NoApps slug={slug} /> : null}
      {byApp(shown.grants).map((grants) => (
        <AppAccess
          key={grants[0].client.clientId}
          grants={grants}
          facts={facts}
          revoke={revokeOwnAccess.bind(null, slug)}
        />
      ))}
      <NumberedPages label="Access" list={list} page={page} range={shown.range} />
      <RememberedAnswers answers={answers} now={now} forget={forgetAnswer.bind(null, slug)} />
    </WorkspacePage>
  );
}

function NoApps({ slug }: { slug: string }) {
  return (
    <NoAccess
      title="No app has access"
      actions={
        <ButtonLink variant="secondary" href={`/${slug}/apps`}>
          See the apps
        </ButtonLink>
      }
    >
      An app appears here when you have opened it and allowed what it asked for, until its access ends.
    </NoAccess>
  );
}
