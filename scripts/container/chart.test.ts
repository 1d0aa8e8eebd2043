/** Helm itself is not run here: its templates are rendered by a small part of it, and what comes out is read. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { LimitSettings } from '#lib/limits.ts';
import { renderTemplate, type Values } from './tests/render-chart.ts';

const chart = 'charts/ehr-sandbox';
const read = (path: string) => readFileSync(`${chart}/${path}`, 'utf8');
const values = parse(read('values.yaml')) as Values & Record<'database' | 'ingress', Values>;
const templates = readdirSync(`${chart}/templates`);

describe('rendering', () => {
  const known = { Values: { a: 'x', on: true, off: '', list: { B: 1, C: 'd' } } };
  it.each([
    ['a: {{ .Values.a }}', 'a: x'],
    ['a: {{ .Values.a | quote }}', 'a: "x"'],
    ['{{- if .Values.on }}\nyes\n{{- else }}\nno\n{{- end }}', '\nyes'],
    ['{{- if .Values.off }}\nyes\n{{- else }}\nno\n{{- end }}', '\nno'],
    ['{{- if not .Values.off }}\nyes\n{{- end }}\nafter', '\nyes\nafter'],
    ['{{- range $k, $v := .Values.list }}\n{{ $k }}={{ $v | quote }}\n{{- end }}', '\nB="1"\nC="d"'],
  ])('%j', (template, text) => expect(renderTemplate(template, known)).toBe(text));

  it.each(['{{ .Values.b }}', '{{ include "x" . }}', '{{ end }}'])('refuses %s', (template) => {
    expect(() => renderTemplate(template, known)).toThrow();
  });
});

interface Manifest {
  kind: string;
  metadata: { name: string };
  spec: Record<string, never>;
}

/** The manifests with these values in place of the chart's own. */
function rendered(changed: Values = {}): Map<string, Manifest> {
  const context = { Values: { ...values, ...changed }, Release: { Name: 'ward' } };
  const documents = templates.flatMap((file) => parseAllDocuments(renderTemplate(read(`templates/${file}`), context)));
  for (const document of documents) {
    if ('errors' in document) expect(document.errors).toEqual([]);
  }
  const manifests = documents.map((document) => document.toJS() as Manifest | null).filter((one) => one !== null);
  return new Map(manifests.map((manifest) => [manifest.kind, manifest]));
}

interface Container {
  image: string;
  env: { name: string; value?: string; valueFrom?: object }[];
  securityContext: object;
  volumeMounts: { name: string; mountPath: string }[];
}
interface Pod {
  securityContext: object;
  containers: Container[];
  volumes: ({ name: string } & Values)[];
}

const podOf = (manifests: Map<string, Manifest>): Pod =>
  (manifests.get('Deployment') as unknown as { spec: { template: { spec: Pod } } }).spec.template.spec;
const strategyOf = (manifests: Map<string, Manifest>) => manifests.get('Deployment')?.spec.strategy;
const variablesOf = (pod: Pod) =>
  Object.fromEntries((pod.containers[0]?.env ?? []).map(({ name, ...rest }) => [name, rest]));

describe('the chart', () => {
  it('embeds the database by default, in a volume, for one process at a time', () => {
    const manifests = rendered();
    expect([...manifests.keys()].sort()).toEqual(['Deployment', 'PersistentVolumeClaim', 'Service']);
    expect(strategyOf(manifests)).toEqual({ type: 'Recreate' });
    const { volumes } = podOf(manifests);
    expect(volumes.find(({ name }) => name === 'data')).toMatchObject({
      persistentVolumeClaim: { claimName: 'ward-data' },
    });
    expect(manifests.get('PersistentVolumeClaim')?.metadata.name).toBe('ward-data');
    expect(variablesOf(podOf(manifests))).not.toHaveProperty('DATABASE_URL');
  });

  it('takes the address of a PostgreSQL from a secret, and needs no volume then', () => {
    const manifests = rendered({ database: { ...values.database, secret: 'db' }, replicas: 2 });
    expect([...manifests.keys()].sort()).toEqual(['Deployment', 'Service']);
    expect(strategyOf(manifests)).toEqual({ type: 'RollingUpdate' });
    expect(manifests.get('Deployment')?.spec.replicas).toBe(2);
    expect(variablesOf(podOf(manifests)).DATABASE_URL).toEqual({
      valueFrom: { secretKeyRef: { name: 'db', key: 'url' } },
    });
  });

  it('runs as nobody, on files that cannot be written, and mounts what is', () => {
    const pod = podOf(rendered());
    expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1000, fsGroup: 1000 });
    const [container] = pod.containers;
    expect(container?.securityContext).toMatchObject({ readOnlyRootFilesystem: true, allowPrivilegeEscalation: false });
    expect(container?.volumeMounts.map(({ mountPath }) => mountPath).sort()).toEqual(['/data', '/tmp']);
  });

  it('hands settings on as texts', () => {
    const settings = { KEEP_VERSIONS_DAYS: 365, ...LimitSettings.parse({}) };
    const variables = variablesOf(podOf(rendered({ settings })));
    expect(variables).toMatchObject({
      KEEP_VERSIONS_DAYS: { value: '365' },
      PUBLIC_URL: { value: 'https://ehr.example' },
    });
  });

  it('serves the host by an ingress when asked to', () => {
    const ingress = { ...values.ingress, enabled: true, tlsSecret: 'certificate' };
    const spec = rendered({ ingress }).get('Ingress')?.spec as unknown as { tls: object[]; rules: object[] };
    expect(spec.tls).toEqual([{ hosts: ['ehr.example'], secretName: 'certificate' }]);
    expect(spec.rules).toHaveLength(1);
  });

  it('has no value that nothing uses', () => {
    const used = templates.map((file) => read(`templates/${file}`)).join('\n');
    const paths = (of: Values, before: string): string[] =>
      Object.entries(of).flatMap(([name, value]) =>
        typeof value === 'object' && value !== null && Object.keys(value).length > 0
          ? paths(value as Values, `${before}.${name}`)
          : [`${before}.${name}`],
      );
    expect(paths(values, '.Values').filter((path) => !used.includes(path))).toEqual([]);
  });
});
