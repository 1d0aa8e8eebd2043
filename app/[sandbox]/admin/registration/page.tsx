import { AccessTokenTable } from '#components/registration/access-token-table.tsx';
import { ModeForm } from '#components/registration/mode-form.tsx';
import { NewAccessToken } from '#components/registration/new-access-token.tsx';
import { CopyableText } from '#components/ui/copyable-text.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { WorkspacePage } from '#components/workspace/workspace-frame.tsx';
import { findInitialAccessTokens } from '#lib/data/client/initial-access-tokens.ts';
import { findRegistrationMode } from '#lib/data/client/registration-mode.ts';
import { issuerOf } from '#lib/env.ts';
import { smartEndpoints } from '#lib/smart/sandbox/capabilities.ts';
import { requireAdmin } from '../require-admin.ts';
import { changeMode, makeToken, revokeToken } from './actions.ts';

export const metadata = { title: 'Dynamic registration' };

export default async function RegistrationPage({ params }: { params: Promise<{ sandbox: string }> }) {
  const { sandbox: slug } = await params;
  const { sandbox } = await requireAdmin(slug, '/registration');
  const [mode, tokens] = await Promise.all([findRegistrationMode(sandbox.id), findInitialAccessTokens(sandbox.id)]);
  const { register } = smartEndpoints(issuerOf(slug), { registers: mode !== 'off' });
  return (
    <WorkspacePage>
      <PageHeader
        title="Dynamic registration"
        description="Apps can register themselves and manage their registration, by the protocols of RFC 7591 and RFC 7592."
        breadcrumbs={[{ label: 'Administration', href: `/${slug}/admin` }]}
      />
      <Panel className="max-w-4xl">
        <ModeForm mode={mode} action={changeMode.bind(null, slug)} />
      </Panel>
      {register ? (
        <p className="flex flex-wrap items-center gap-x-2 text-muted">
          Apps send their registration to
          <CopyableText label="registration endpoint" value={register} />
        </p>
      ) : null}
      <Panel
        id="tokens"
        title="Initial access tokens"
        flush
        className="max-w-4xl"
        actions={<NewAccessToken action={makeToken.bind(null, slug)} />}
      >
        {mode === 'token' ? null : (
          <p className="border-b border-line px-4 py-2.5 text-muted">
            {mode === 'open' ? 'Nobody needs one while registration is open.' : 'They work while registration is on.'}
          </p>
        )}
        <AccessTokenTable tokens={tokens} revoke={revokeToken.bind(null, slug)} now={new Date()} />
      </Panel>
    </WorkspacePage>
  );
}
