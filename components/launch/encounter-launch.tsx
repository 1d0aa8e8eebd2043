'use client';

import { ExternalLink } from 'lucide-react';
import { useRef } from 'react';
import type { EncounterChoice } from '#components/record/encounter-choice.ts';
import { Badge } from '#components/ui/badge.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { Menu, MenuAction, MenuHeading } from '#components/ui/overlay/menu.tsx';
import { LaunchForm } from './launch-form.tsx';
import { type LaunchableApp, registeredItself } from './launchable-app.ts';

interface EncounterLaunchProps {
  sandbox: string;
  patientId: string;
  encounter: EncounterChoice;
  apps: readonly LaunchableApp[];
}

/** A menu of apps, each of which is launched with this encounter. */
export function EncounterLaunch({ sandbox, patientId, encounter, apps }: EncounterLaunchProps) {
  const forms = useRef<HTMLDivElement>(null);
  const submit = (index: number) => forms.current?.querySelectorAll('form').item(index)?.requestSubmit();
  return (
    <>
      <Menu
        trigger={
          <>
            <ExternalLink aria-hidden /> Launch
          </>
        }
        name={`Launch with encounter ${encounter.date} ${encounter.reason}`}
        triggerClassName={buttonClass({ variant: 'quiet', size: 'small' })}
      >
        <MenuHeading>
          <p className="text-sm text-muted">Launch with this encounter</p>
        </MenuHeading>
        {apps.map((app, index) => (
          <MenuAction key={app.clientId} onAction={() => submit(index)}>
            {app.name}
            {app.dynamic ? <Badge tone="warning">{registeredItself}</Badge> : null}
          </MenuAction>
        ))}
      </Menu>
      <div ref={forms} hidden>
        {apps.map(({ clientId }) => (
          <LaunchForm key={clientId} sandbox={sandbox} clientId={clientId} patient={patientId} encounter={encounter.id}>
            {null}
          </LaunchForm>
        ))}
      </div>
    </>
  );
}
