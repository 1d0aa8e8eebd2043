/** Compares what package.json, package-lock.json and node_modules say, in plain JavaScript that needs nothing but Node. */

const kinds = ['dependencies', 'devDependencies', 'optionalDependencies'];

/** One sentence for each package on which package.json and the lockfile do not agree. */
export function lockIssues(manifest, lock) {
  const locked = lock.packages?.[''] ?? {};
  return kinds.flatMap((kind) => {
    const [wanted, has] = [manifest[kind] ?? {}, locked[kind] ?? {}];
    const names = [...new Set([...Object.keys(wanted), ...Object.keys(has)])].filter(
      (name) => wanted[name] !== has[name],
    );
    return names.map(
      (name) =>
        `package.json asks for ${told(name, wanted[name])}, and package-lock.json for ${told(name, has[name])}.`,
    );
  });
}

function told(name, version) {
  return version === undefined ? `no ${name}` : `${name} ${version}`;
}

/**
 * One sentence for each package of node_modules that is not the one of the lockfile, by version and integrity hash.
 * Packages may be missing where nobody asked for them: optional ones, and those for development.
 * @param installed what npm has noted in node_modules/.package-lock.json
 */
export function treeIssues(lock, installed) {
  const packages = Object.entries(lock.packages ?? {}).filter(([path, { link }]) => path !== '' && !link);
  return packages.flatMap(([path, wanted]) => issuesOf(path, wanted, installed.packages?.[path]));
}

function issuesOf(path, wanted, has) {
  if (!has) return isRequired(wanted) ? [`${path} is missing.`] : [];
  if (has.version === wanted.version && has.integrity === wanted.integrity) return [];
  return [`${path} is ${has.version}, and package-lock.json asks for ${wanted.version} of another make.`];
}

function isRequired({ dev, optional, devOptional, peer }) {
  return !(dev || optional || devOptional || peer);
}

/**
 * The packages that come without an integrity hash, so that npm would take whatever it is given. Those that come inside
 * of others have the hash of these. For a test of the lockfile. @internal */
export function unhashed(lock) {
  const packages = Object.entries(lock.packages ?? {}).filter(
    ([path, one]) => path !== '' && !one.link && !one.inBundle,
  );
  return packages.filter(([, { integrity }]) => !integrity?.startsWith('sha512-')).map(([path]) => path);
}
