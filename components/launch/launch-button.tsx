import { ExternalLink } from 'lucide-react';
import { Button, type ButtonLook } from '#components/ui/button.tsx';
import { LaunchDialog } from './launch-dialog.tsx';
import { LaunchForm } from './launch-form.tsx';
import type { LaunchableApp } from './launchable-app.ts';

interface LaunchButtonProps extends ButtonLook {
  sandbox: string;
  app: Pick<LaunchableApp, 'clientId' | 'name' | 'needs' | 'launchDefaults'>;
}

/** Launches an app, after asking for the patient and encounter if the app needs them. */
export function LaunchButton({ sandbox, app, variant, size }: LaunchButtonProps) {
  if (app.needs !== 'none') return <LaunchDialog sandbox={sandbox} app={app} variant={variant} size={size} />;
  return (
    <div className="flex flex-wrap gap-1">
      <LaunchForm sandbox={sandbox} clientId={app.clientId}>
        <Button
          type="submit"
          variant={variant}
          size={size}
          aria-label={`Launch ${app.name}`}
          icon={<ExternalLink aria-hidden />}
        >
          Launch
        </Button>
      </LaunchForm>
      <LaunchDialog sandbox={sandbox} app={app} beside variant="quiet" size={size} />
    </div>
  );
}
