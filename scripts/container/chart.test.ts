/** Helm itself is not run here: its templates are rendered by a small part of it, and what comes out is read. */
import { readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, it, vi } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { parseEnv } from '#lib/env.ts';
import { answerHealth } from '#lib/health/answer-health.ts';
import { LimitSettings } from '#lib/limits.ts';
import { renderTemplate, type Values } from './tests/render-chart.ts';

// Nobody asks a database here.
vi.mock('#lib/health/readiness.ts', () => ({ whyNotReady: async () => undefined }));

const chart = 'charts/ehr-sandbox';
const read = (path: string) => readFileSync(`${chart}/${path}`, 'utf8');
const values = parse(read('values.yaml')) as Values & Record<'database' | 'ingress', Values>;
const templates = readdirSync(`${chart}/templates`);

describe('rendering', () => {
  const known = { Values: { a: 'x', on: true, off: '', two: 2, list: { B: 1, C: 'd' } } };
  it.each([
    ['a: {{ .Values.a }}', 'a: x'],
    ['a: {{ .Values.a | quote }}', 'a: "x"'],
    ['{{- if .Values.on }}\nyes\n{{- else }}\nno\n{{- end }}', '\nyes'],
    ['{{- if .Values.off }}\nyes\n{{- else }}\nno\n{{- end }}', '\nno'],
    ['{{- if not .Values.off }}\nyes\n{{- end }}\nafter', '\nyes\nafter'],
    ['{{- if .Values.off }}\n{{- fail "no" }}\n{{- end }}', ''],
    ['{{- if gt (int .Values.two) 1 }}\nmany\n{{- end }}', '\nmany'],
    ['{{- if gt (int .Values.two) 2 }}\nmany\n{{- end }}', ''],
    ['{{ add (int (default 20 .Values.list.none)) 10 }}', '30'],
    ['{{ add (int (default 20 .Values.two)) 10 }}', '12'],
    ['{{- range $k, $v := .Values.list }}\n{{ $k }}={{ $v | quote }}\n{{- end }}', '\nB="1"\nC="d"'],
  ])('%j', (template, text) => expect(renderTemplate(template, known)).toBe(text));

  it.each(['{{ .Values.b }}', '{{ include "x" . }}', '{{ end }}', '{{ fail "no" }}'])('refuses %s', (template) => {
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

interface Probe {
  httpGet: { path: string; port: string };
}
interface Container {
  image: string;
  startupProbe: Probe;
  livenessProbe: Probe;
  readinessProbe: Probe;
  env: { name: string; value?: string; valueFrom?: object }[];
  securityContext: object;
  volumeMounts: { name: string; mountPath: string }[];
}
interface Pod {
  terminationGracePeriodSeconds: number;
  securityContext: object;
  containers: Container[];
  volumes: ({ name: string } & Values)[];
}

const podOf = (manifests: Map<string, Manifest>): Pod =>
  (manifests.get('Deployment') as unknown as { spec: { template: { spec: Pod } } }).spec.template.spec;
const strategyOf = (manifests: Map<string, Manifest>) => manifests.get('Deployment')?.spec.strategy;
const variablesOf = (pod: Pod) =>
  Object.fromEntries((pod.containers[0]?.env ?? []).map(({ name, ...rest }) => [name, rest]));

const shutdownSeconds = (variables: Record<string, string>) => parseEnv(variables).running.shutdownSeconds;

/** Whether the server answers there, whatever it says. */
function isAnswered(url: string): boolean {
  const response = { writeHead: () => {}, end: () => {} } as unknown as ServerResponse;
  return answerHealth({ url, method: 'GET' } as IncomingMessage, response);
}

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
    expect(variablesOf(podOf(manifests)).DATABASE_DIRECT_URL).toEqual({
      valueFrom: { secretKeyRef: { name: 'db', key: 'directUrl', optional: true } },
    });
  });

  it('refuses more than one replica of the embedded database', () => {
    expect(() => rendered({ replicas: 2 })).toThrow('More than one replica needs database.secret');
  });

  it('asks how the server is at addresses that it answers', () => {
    const { startupProbe, livenessProbe, readinessProbe } = podOf(rendered()).containers[0] as Container;
    const paths = [startupProbe, livenessProbe, readinessProbe].map(({ httpGet }) => httpGet.path);
    expect(paths).toEqual(['/health/live', '/health/live', '/health/ready']);
    expect(paths.map(isAnswered)).toEqual(paths.map(() => true));
  });

  it('has the HEALTHCHECK of the image ask like its liveness probe', () => {
    const asked = /\$\{port\}(\S+?)`/.exec(readFileSync('scripts/container/healthy.mjs', 'utf8'))?.[1];
    expect(asked).toBe(podOf(rendered()).containers[0]?.livenessProbe.httpGet.path);
  });

  it.each([
    ['no setting', {}, shutdownSeconds({}) + 10],
    ['a setting', { SHUTDOWN_SECONDS: '60' }, shutdownSeconds({ SHUTDOWN_SECONDS: '60' }) + 10],
  ])('leaves the server time to end, with %s', (_, settings, seconds) => {
    expect(podOf(rendered({ settings })).terminationGracePeriodSeconds).toBe(seconds);
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
