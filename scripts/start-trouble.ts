/** What a person can do about a setting that parses and does not work: errors of the system, in words. */

interface SystemError {
  code?: string;
  message: string;
}

interface DatabasePlace {
  databaseUrl?: string | undefined;
  /** The setting that says this address. */
  setting?: 'DATABASE_URL' | 'DATABASE_DIRECT_URL';
  dataDir: string;
}

/** The error of opening the database that names the setting and what to do; others stay as they are. */
export function databaseTrouble(
  error: unknown,
  { databaseUrl, setting = 'DATABASE_URL', dataDir }: DatabasePlace,
): unknown {
  const code = codeOf(error);
  const sentence = databaseUrl && ofServer(code, new URL(databaseUrl));
  const said = databaseUrl ? sentence && `${setting}: ${sentence}` : ofFolder(code, dataDir);
  return said ? new Error(said, { cause: error }) : error;
}

/** What drivers say without a code. */
const withoutCode: readonly [pattern: RegExp, code: string][] = [
  [/^The server does not support SSL/, 'NO_TLS'],
  [/^(Connection terminated|timeout expired|There was an error establishing an SSL)|invalid message/i, 'NO_POSTGRES'],
];

/** The code of an error, or of what caused it. */
function codeOf(error: unknown): string {
  const { code, cause, message = '' } = Object(error) as Partial<SystemError> & { cause?: unknown };
  if (code) return code;
  return withoutCode.find(([pattern]) => pattern.test(message))?.[1] ?? (cause ? codeOf(cause) : '');
}

/** Never with the password of the address. */
function ofServer(code: string, { hostname, port, pathname, username }: URL): string | undefined {
  const server = `${hostname || 'localhost'}:${port || 5432}`;
  const user = decodeURIComponent(username);
  const name = decodeURIComponent(pathname.slice(1)) || user;
  const sentences = new Map([
    ['ECONNREFUSED', `no PostgreSQL server listens at ${server}. Start it, or correct host and port.`],
    ['ENOTFOUND', `there is no host ${hostname}. Correct it.`],
    ['EAI_AGAIN', `the host ${hostname} cannot be looked up now. Correct it, or look after the network.`],
    ['ETIMEDOUT', `${server} does not answer. Look after the network and its firewall, or correct host and port.`],
    [
      'ECONNRESET',
      `what listens at ${server} ends the connection and seems to be no PostgreSQL. Correct host and port.`,
    ],
    ['NO_POSTGRES', `what listens at ${server} does not answer as PostgreSQL does. Correct host and port.`],
    [
      'NO_TLS',
      `the server at ${server} offers no TLS, which sslmode asks for. Turn it on there (ssl = on), or end the address with sslmode=disable where nobody can listen in between.`,
    ],
    ['28P01', `the server at ${server} refuses the user ${user} with this password. Correct either.`],
    ['28000', `the server at ${server} does not let the user ${user} in. Correct the user, or its pg_hba.conf.`],
    ['3D000', `the server at ${server} has no database ${name}. Make it: CREATE DATABASE "${name}"`],
    [
      '42501',
      `the user ${user} may make no tables in ${name}. Make them its owner: ALTER DATABASE "${name}" OWNER TO "${user}"`,
    ],
  ]);
  return sentences.get(code);
}

function ofFolder(code: string, dataDir: string): string | undefined {
  const denied = `this user may not write in ${dataDir}. Give them the folder, or choose another.`;
  const sentences = new Map([
    ['EACCES', denied],
    ['EPERM', denied],
    ['EROFS', `${dataDir} is on a disk that is read only. Choose another folder.`],
    ['ENOSPC', `the disk of ${dataDir} is full. Make room, or choose another folder.`],
    ['EEXIST', `${dataDir} is a file. Choose a folder.`],
    ['ENOTDIR', `${dataDir} lies in a file. Choose a folder.`],
    ['ENOENT', `the folder ${dataDir} cannot be made. Choose another.`],
  ]);
  const sentence = sentences.get(code);
  return sentence && `DATA_DIR: ${sentence}`;
}

/** The error of listening at `host`, in words; others stay as they are. */
export function listenTrouble(error: SystemError, { port, host }: { port: number; host: string }): Error {
  const sentences = new Map([
    ['EADDRINUSE', `Port ${port} is taken by another program. Choose another: PORT=${port + 1} npm start`],
    [
      'EACCES',
      `PORT: this user may not listen at port ${port}. Choose one from 1024 on, and set PUBLIC_URL where a proxy in front of it has another.`,
    ],
    ['ENOTFOUND', `HOST: there is no host ${host}. Give an address of this machine, such as 0.0.0.0 for all of them.`],
    [
      'EINVAL',
      `HOST: the machine cannot listen at ${host}. An address that begins with fe80: needs the interface behind it, such as ${host}%eth0; or give another address of this machine.`,
    ],
    ['EAI_AGAIN', `HOST: the host ${host} cannot be looked up. Give an address of this machine instead.`],
  ]);
  const sentence = sentences.get(error.code ?? '');
  return sentence ? new Error(sentence, { cause: error }) : Object.assign(new Error(error.message), error);
}
