import { NewSandboxForm } from '#components/sandbox/new-sandbox-form.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { StartFrame } from '#components/workspace/start-frame.tsx';
import { env } from '#lib/env.ts';
import { signOut } from '../../sign-in/actions.ts';
import { requireMaker } from '../require-maker.ts';
import { makeSandbox } from './actions.ts';

export const metadata = { title: 'New sandbox' };

export default async function NewSandboxPage() {
  const user = await requireMaker();
  return (
    <StartFrame user={user} signOut={signOut}>
      <PageHeader
        title="New sandbox"
        description="A make-believe hospital of its own: what happens in it touches no other."
        breadcrumbs={[{ label: 'Your sandboxes', href: '/' }]}
      />
      <Panel>
        <NewSandboxForm action={makeSandbox} origin={env().origin} />
      </Panel>
    </StartFrame>
  );
}
