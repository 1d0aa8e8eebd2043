/** The arrows of ARCHITECTURE.md as rules: which room may import which. */
const room = (path) => `^${path}/`;

/** @param {string} from @param {string[]} allowed rooms of ours, beside itself, that `from` may import */
function onlyImports(from, allowed) {
  return {
    name: `${from.replaceAll('/', '-')}-imports-only-${allowed.length ? allowed.map((a) => a.split('/').at(-1)).join('-') : 'itself'}`,
    severity: 'error',
    from: { path: room(from) },
    to: {
      path: '^(app|components|lib|prisma|scripts|e2e)/',
      pathNot: [room(from), ...allowed.map((a) => (/\.\w+$/.test(a) ? `^${a}$` : room(a)))],
    },
  };
}

/** What every room but those of pure rules may use: what happens is told to whoever runs the server. */
const telling = ['lib/log', 'lib/telemetry'];

const frameworks = '^node_modules/(next|next-auth|react|react-dom|@prisma|prisma|oidc-provider)/';

export default {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    // fhir/r4 is types only, in @types/fhir.
    { name: 'not-to-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^fhir/r4$' } },
    onlyImports('lib/address', []),
    onlyImports('lib/work', []),
    onlyImports('lib/fhir', []),
    onlyImports('lib/log', ['lib/work', 'lib/env.ts']),
    onlyImports('lib/telemetry', ['lib/work', 'lib/env.ts']),
    onlyImports('lib/health', ['lib/work', 'lib/data', 'lib/log']),
    onlyImports('lib/http', ['lib/address', 'lib/work', ...telling]),
    onlyImports('lib/aside', ['lib/work', 'lib/fhir', ...telling]),
    onlyImports('lib/browser-policy', ['lib/smart/client/frame-features.ts']),
    onlyImports('lib/smart', ['lib/address', 'lib/fhir']),
    onlyImports('lib/data', [
      ...telling,
      'lib/address',
      'lib/work',
      'lib/smart',
      'lib/fhir',
      'lib/env.ts',
      'prisma/generated',
    ]),
    onlyImports('lib/audit', [...telling, 'lib/data', 'lib/fhir', 'lib/http']),
    onlyImports('lib/session', [
      ...telling,
      'lib/address',
      'lib/audit',
      'lib/data',
      'lib/smart/role.ts',
      'lib/smart/storable-json.ts',
      'lib/http',
      'lib/env.ts',
    ]),
    onlyImports('lib/sandbox-file', [
      ...telling,
      'lib/address',
      'lib/work',
      'lib/aside',
      'lib/audit',
      'lib/data',
      'lib/cds-hooks',
      'lib/smart',
      'lib/fhir',
      'lib/env.ts',
      'prisma/seed',
    ]),
    onlyImports('lib/export', ['lib/data']),
    onlyImports('lib/import', [
      ...telling,
      'lib/work',
      'lib/aside',
      'lib/data',
      'lib/fhir',
      'lib/sandbox-file/bundle-resources.ts',
      'lib/sandbox-file/conditional-references.ts',
      'lib/sandbox-file/parse-json.ts',
      'lib/sandbox-file/problem.ts',
    ]),
    onlyImports('lib/authorization-server', [
      ...telling,
      'lib/address',
      'lib/work',
      'lib/audit',
      'lib/data',
      'lib/smart',
      'lib/fhir',
      'lib/http',
      'lib/env.ts',
    ]),
    onlyImports('lib/resource-server', [
      ...telling,
      'lib/work',
      'lib/aside',
      'lib/audit',
      'lib/data',
      'lib/smart',
      'lib/fhir',
      'lib/http',
      'lib/env.ts',
    ]),
    onlyImports('lib/cds-hooks', [
      ...telling,
      'lib/address',
      'lib/aside',
      'lib/data',
      'lib/smart',
      'lib/fhir',
      'lib/http',
      'lib/env.ts',
    ]),
    onlyImports('components/ui', []),
    onlyImports('components', ['lib/address', 'lib/smart', 'lib/fhir']),
    onlyImports('prisma/seed', ['lib/fhir']),
    onlyImports('app/samples', ['components/none']),
    // A database server to share between two processes; else e2e sees the app from outside only.
    onlyImports('e2e', ['scripts/machine/postgres.ts']),
    {
      name: 'rules-are-framework-free',
      severity: 'error',
      from: { path: '^lib/(address|smart|fhir|http|work|browser-policy)/' },
      to: { path: frameworks },
    },
    {
      name: 'only-data-queries-prisma',
      severity: 'error',
      from: { path: '^(app|components|lib|e2e)/', pathNot: '^lib/data/' },
      to: { path: '^(prisma/generated/|node_modules/(@prisma|prisma|pg|@electric-sql)/)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(\\.next|prisma/generated/internal)' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  },
};
