import { ButtonLink } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { CopyableText } from '#components/ui/copyable-text.tsx';
import { DescriptionList } from '#components/ui/description-list.tsx';
import { FormOutcome } from '#components/ui/form/form-outcome.tsx';
import { isolating } from '#components/ui/isolating.tsx';
import { Panel } from '#components/ui/panel.tsx';
import type { RegisteredApp } from './registration-state.ts';
import { SecretOnce } from './secret-once.tsx';

/** Replaces the form once an app is registered, with everything its developer needs. The secret is shown only here. */
export function RegisteredPanel({ app, listHref }: { app: RegisteredApp; listHref: string }) {
  return (
    <FormOutcome className="flex max-w-4xl flex-col gap-4">
      <Callout tone="success" role="status" title={isolating`${app.name} is registered`}>
        Its developer needs what follows to connect it.
      </Callout>
      {app.clientSecret ? <SecretOnce secret={app.clientSecret} /> : null}
      <Panel id="connection" title="Connecting the app">
        <DescriptionList items={facts(app)} />
      </Panel>
      <div>
        <ButtonLink href={listHref}>Go to the registered apps</ButtonLink>
      </div>
    </FormOutcome>
  );
}

function facts({ clientId, facts: { iss, authorizationEndpoint, tokenEndpoint } }: RegisteredApp) {
  const shown = [
    ['Client id', clientId],
    ['FHIR base (iss, aud)', iss],
    ['Authorization endpoint', authorizationEndpoint],
    ['Token endpoint', tokenEndpoint],
  ] as const;
  return shown.map(([term, value]) => ({ term, description: <CopyableText value={value} label={term} /> }));
}
