import { KeyTable } from '#components/signing-key/key-table.tsx';
import { RotateKeys } from '#components/signing-key/rotate-keys.tsx';
import { CopyableText } from '#components/ui/copyable-text.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { WorkspacePage } from '#components/workspace/workspace-frame.tsx';
import { describeSigningKeys, findSigningKeys } from '#lib/data/token/signing-keys.ts';
import { issuerOf } from '#lib/env.ts';
import { requireAdmin } from '../require-admin.ts';
import { rotateKeys } from './actions.ts';

export const metadata = { title: 'Signing keys' };

export default async function SigningKeysPage({ params }: { params: Promise<{ sandbox: string }> }) {
  const { sandbox: slug } = await params;
  const { sandbox } = await requireAdmin(slug, '/keys');
  // Makes the keys if there are none yet, as the first token would.
  await findSigningKeys(sandbox.id);
  const keys = await describeSigningKeys(sandbox.id);
  return (
    <WorkspacePage>
      <PageHeader
        title="Signing keys"
        description="Apps verify with them that an id_token comes from this sandbox. Rotate them from time to time, or at once when a key may have become known."
        breadcrumbs={[{ label: 'Administration', href: `/${slug}/admin` }]}
        actions={<RotateKeys action={rotateKeys.bind(null, slug)} />}
      />
      <Panel flush>
        <KeyTable keys={keys} />
      </Panel>
      <p className="flex flex-wrap items-center gap-x-2 text-muted">
        Apps fetch the public halves of these keys from
        <CopyableText label="JWKS URL" value={`${issuerOf(slug)}/oauth/jwks`} />
      </p>
    </WorkspacePage>
  );
}
