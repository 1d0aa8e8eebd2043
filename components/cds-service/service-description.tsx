import type { RegisteredService, ServiceActions } from './registered-service.ts';
import { ScopeForm } from './scope-form.tsx';

interface ServiceDescriptionProps {
  service: RegisteredService;
  changeScope: ServiceActions['changeScope'];
}

/** The description of a CDS service and, unfolded, the data that it is sent. */
export function ServiceDescription({ service, changeScope }: ServiceDescriptionProps) {
  const { title, description, discoveryUrl, serviceId, prefetch, usage, wants, enabled } = service;
  const missing = wants.filter(({ given }) => !given).length;
  return (
    <div className="min-w-0 py-1">
      <p className="font-medium break-words">{title}</p>
      <p className="font-mono text-sm break-all text-muted">{`${discoveryUrl}/${serviceId}`}</p>
      <p className="text-sm break-words text-muted">{description}</p>
      <details className="pt-1" open={!enabled && missing > 0}>
        <summary className="text-sm font-medium text-accent-text">
          What it may see{missing > 0 ? ` (${missing} of ${wants.length} not given)` : ''}
        </summary>
        <div className="flex flex-col gap-3 pt-2">
          {usage ? <p className="text-sm text-muted">{usage}</p> : null}
          <ScopeForm service={service} action={changeScope} />
          <Prefetch templates={Object.entries(prefetch)} />
        </div>
      </details>
    </div>
  );
}

function Prefetch({ templates }: { templates: readonly [key: string, template: string][] }) {
  if (templates.length === 0) return <p className="text-sm text-muted">It asks for no prefetch.</p>;
  return (
    <div className="flex flex-col gap-1 text-sm">
      <p className="font-medium">What it is sent: prefetch templates</p>
      <dl className="flex flex-col gap-1">
        {templates.map(([key, template]) => (
          <div key={key}>
            <dt className="font-mono">{key}</dt>
            <dd className="font-mono break-all text-muted">{template}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
