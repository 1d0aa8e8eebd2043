const kibibyte = 1024;
const mebibyte = 1024 * kibibyte;

/** The limits of request bodies in bytes, by what is sent; `readBody` is given one of them for each request. */
export const maxBodyLength = {
  /** OAuth, signing in, the launch service and short messages of our own pages. A client_assertion is the largest. */
  message: 64 * kibibyte,
  /** JSON that the chart sends; a draft order is the largest. */
  chart: 256 * kibibyte,
  /** Forms of search parameters, and forms of our own pages; the longest field is a launch context that was typed. */
  form: mebibyte,
  /** The form that a sandbox file is uploaded with: 3 MB, and what wraps it. */
  sandboxFile: 4 * mebibyte,
  /** Resources, patches and Bundles. */
  fhir: 10 * mebibyte,
};

/**
 * The addresses of the handlers that read with a limit of their own, and say in the form of their protocol what is wrong.
 * Whole addresses: pages stand among them, whose bodies the framework reads.
 */
const readsItself = [
  /^\/api\/auth\/.+$/,
  /^\/samples\/cds-services(\/[^/]+(\/feedback)?)?\/?$/,
  /^\/(_|%5F)services\/smart\/Launch(\/.*)?$/i,
  /^\/[^/]+\/fhir(\/.*)?$/,
  /^\/[^/]+\/oauth\/(?!interaction\/[^/]+\/?$).+$/,
  /^\/[^/]+\/cds\/(cards\/[^/]+\/(accept|override)|encounters|hooks|launch|orders)\/?$/,
  /^\/[^/]+\/launch(\/(encounters|patients))?\/?$/,
  /^\/[^/]+\/admin\/import\/(data|job|known|part)\/?$/,
  /^\/[^/]+\/scenarios\/[^/]+\/launch\/?$/,
];

/**
 * The limit of a body at the door of the server, by the path of its address: for pages and their server actions, which
 * the framework reads. Undefined where a handler reads with a limit of its own.
 */
export function maxBodyLengthAt(path: string): number | undefined {
  // A handler only if it is one however the framework reads the address: as it stands, and decoded.
  const forms = [path, decoded(path)];
  if (forms.every((form) => readsItself.some((address) => address.test(form)))) return undefined;
  return path === '/sandboxes/new' ? maxBodyLength.sandboxFile : maxBodyLength.form;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
