import { execFileSync, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Agent, fetch as undiciFetch } from 'undici';
import { freePort } from '#scripts/machine/free-port.ts';

/** An nginx before servers, and a client of it on another address than the servers'. */
export interface Nginx {
  origin: string;
  send: typeof fetch;
  stop(): Promise<void>;
}

/** The address from which the client comes. */
export const clientAddress = '127.0.0.9';

/** Starts nginx with the configuration of docs/operating.md, but for addresses and the certificate, which is made here. */
export async function startProxy(folder: string, servers: readonly number[]): Promise<Nginx> {
  const port = await freePort();
  const { certificate, key } = makeCertificate(folder);
  const changes: [string | RegExp, string][] = [
    [
      /server 127\.0\.0\.1:3000;[\s\S]*server 127\.0\.0\.1:3001;/,
      servers.map((one) => `server 127.0.0.1:${one};`).join(' '),
    ],
    ['listen 443 ssl;', `listen 127.0.0.1:${port} ssl;`],
    ['listen 80;', `listen 127.0.0.1:${await freePort()};`],
    ['/etc/ssl/ehr.example.pem', certificate],
    ['/etc/ssl/private/ehr.example.key', key],
  ];
  const written = changes.reduce((text, [from, to]) => changed(text, from, to), configuration());
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((kind) => `${kind}_temp_path ${join(folder, kind)};`)
    .join('\n');
  const file = join(folder, 'nginx.conf');
  const log = `error_log ${join(folder, 'error.log')}; pid ${join(folder, 'nginx.pid')}; daemon off;`;
  writeFileSync(file, `${log}\nevents {}\nhttp {\naccess_log off;\n${temporary}\n${written}\n}\n`);
  execFileSync('nginx', ['-t', '-q', '-p', folder, '-c', file], { stdio: 'inherit' });
  const nginx = spawn('nginx', ['-p', folder, '-c', file], { stdio: 'inherit' });
  const ended = new Promise<void>((resolve) => nginx.once('exit', () => resolve()));
  const dispatcher = new Agent({ localAddress: clientAddress, connect: { ca: readFileSync(certificate) } });
  const send = ((url: string, init: object) => undiciFetch(url, { ...init, dispatcher })) as unknown as typeof fetch;
  const stop = async () => {
    await dispatcher.close();
    nginx.kill('SIGQUIT');
    await ended;
  };
  return { origin: `https://localhost:${port}`, send, stop };
}

function configuration(): string {
  const [, text] = /```nginx\n([\s\S]*?)```/.exec(readFileSync('docs/operating.md', 'utf8')) ?? [];
  if (!text) throw new Error('docs/operating.md has no configuration of nginx.');
  return text;
}

function changed(text: string, from: string | RegExp, to: string): string {
  const after = text.replace(from, to);
  if (after === text) throw new Error(`The configuration of nginx has no ${from}.`);
  return after;
}

function makeCertificate(folder: string): { certificate: string; key: string } {
  const [certificate, key] = [join(folder, 'certificate.pem'), join(folder, 'key.pem')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
  execFileSync('openssl', ['req', '-x509', ...kind, ...subject, '-keyout', key, '-out', certificate], {
    stdio: 'pipe',
  });
  return { certificate, key };
}
