import { expect, it } from 'vitest';
import { unknownCommands } from '#scripts/papers/commands.ts';

const known = {
  scripts: new Map([
    ['start', "options: { sandbox: { type: 'string' } }"],
    ['test', ''],
    ['bench', ''],
  ]),
  programs: new Set(['vitest']),
};
const unknown = (text: string) => unknownCommands({ file: 'a.md', text }, known);

it.each([
  '`npm start`',
  '`npm start -- --sandbox a.json --sandbox b.json`',
  '`npm start -- --help`',
  'Run `npm run bench`, then `npm test`.',
  '    npm run bench   # -- --none',
  '```sh\nPORT=1 npm start\nnpx vitest run\n```',
])('%s can be run', (text) => expect(unknown(text)).toEqual([]));

it.each([
  ['`npm run none`', 'npm run none'],
  ['    npm run none', 'npm run none'],
  ['```sh\nnpm run none\n```', 'npm run none'],
  ['`npm start -- --none`', 'npm run start -- --none'],
  ['`npx none`', 'npx none'],
])('%s cannot', (text, command) => expect(unknown(text)).toEqual([command]));
