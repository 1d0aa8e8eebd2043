/** Compares the overrides of package.json with what the lockfile has, in plain JavaScript that needs nothing but Node. */

/**
 * One sentence for each override of package.json that the lockfile was not made with, and for each package that stands
 * under the name of another without an override or a dependency that asks for it. npm notes no overrides in a lockfile,
 * so that what they have led to is compared. An override names an exact version, as everything in package.json does.
 */
export function overrideIssues(manifest, lock) {
  const packages = lock.packages ?? {};
  const wanted = rulesOf(manifest.overrides ?? {}, [], manifest);
  const issues = wanted.flatMap((rule) => issuesOfRule(rule, packages));
  return [...new Set([...issues, ...renamedIssues(manifest, packages, wanted)])];
}

/** Each override as the names that lead to a package, and what is to stand there. */
function rulesOf(overrides, parents, manifest) {
  return Object.entries(overrides).flatMap(([key, value]) => {
    const names = key === '.' ? parents : [...parents, nameOf(key)];
    if (typeof value !== 'string') return rulesOf(value, names, manifest);
    const spec = value.startsWith('$') ? versionOf(manifest, value.slice(1)) : value;
    return [{ names, spec }];
  });
}

/** A key may name a version too, as in `a@1` or `@b/c@2`. */
function nameOf(key) {
  const at = key.indexOf('@', 1);
  return at < 0 ? key : key.slice(0, at);
}

function versionOf({ dependencies, devDependencies, optionalDependencies }, name) {
  return { ...optionalDependencies, ...devDependencies, ...dependencies }[name];
}

function issuesOfRule({ names, spec }, packages) {
  const name = names.at(-1);
  return requirersOf(names, packages).flatMap((path) => {
    const found = resolved(path, name, packages);
    if (!found || isAsked(found, name, spec)) return [];
    return [
      `package.json overrides ${names.join(' > ')} with ${spec}, and package-lock.json has ${told(found, name)}.`,
    ];
  });
}

/** The places of the packages that require the last of these names, below packages of the names before it. */
function requirersOf(names, packages) {
  const name = names.at(-1);
  const parent = names.at(-2);
  return Object.keys(packages).filter((path) => {
    const { dependencies, optionalDependencies, peerDependencies } = packages[path];
    const asks = name in { ...dependencies, ...optionalDependencies, ...peerDependencies };
    return path !== '' && asks && (parent === undefined || lastName(path) === parent);
  });
}

function lastName(path) {
  return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

/** The package that Node finds for a name from a place: the nearest one upwards. */
function resolved(from, name, packages) {
  const places = from.split('/node_modules/');
  for (let depth = places.length; depth > 0; depth--) {
    const found = packages[[...places.slice(0, depth), name].join('/node_modules/')];
    if (found) return found;
  }
  return packages[`node_modules/${name}`];
}

function isAsked(found, name, spec) {
  return told(found, name) === (spec?.startsWith('npm:') ? spec.slice('npm:'.length) : `${name}@${spec}`);
}

function told(found, name) {
  return `${found.name ?? name}@${found.version}`;
}

/** Packages under the name of another one that nothing asks for. */
function renamedIssues(manifest, packages, wanted) {
  const asked = new Set(wanted.map(({ names, spec }) => `${names.at(-1)} ${spec}`));
  for (const one of [manifest, ...Object.values(packages)]) {
    const specs = { ...one.dependencies, ...one.devDependencies, ...one.optionalDependencies, ...one.peerDependencies };
    for (const [name, spec] of Object.entries(specs)) asked.add(`${name} ${spec}`);
  }
  return Object.entries(packages).flatMap(([path, found]) => {
    const name = lastName(path);
    if (path === '' || !found.name || found.name === name) return [];
    if ([...asked].some((one) => `${one}@`.startsWith(`${name} npm:${found.name}@`))) return [];
    return [`package-lock.json has ${told(found, name)} as ${name}, and nothing in package.json asks for that.`];
  });
}
