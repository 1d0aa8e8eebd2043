import { Avatar } from '#components/ui/avatar.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { LaunchButton } from './launch-button.tsx';
import { type LaunchableApp, needsText, registeredItself } from './launchable-app.ts';

/** One app of the gallery. */
export function AppCard({ sandbox, app }: { sandbox: string; app: LaunchableApp }) {
  return (
    <article
      aria-label={app.name}
      className="flex min-w-0 flex-col gap-3 rounded-md border border-line bg-surface p-4 shadow-panel"
    >
      <div className="flex items-start gap-3">
        <Avatar square size="large" name={app.name} src={app.logoUri ?? undefined} />
        <div className="min-w-0 flex-1">
          <h2 className="text-lg font-semibold break-words">{app.name}</h2>
          <p className="flex flex-wrap gap-1">
            <Badge>{needsText[app.needs]}</Badge>
            {app.dynamic ? <Badge tone="warning">{registeredItself}</Badge> : null}
          </p>
        </div>
      </div>
      {app.description ? <p className="break-words text-muted text-pretty">{app.description}</p> : null}
      <div className="mt-auto">
        <LaunchButton sandbox={sandbox} app={app} />
      </div>
    </article>
  );
}
