import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const table = readFileSync('docs/security.md', 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| Attack') && !line.startsWith('| ---'));

it('has a row for each attack', () => expect(table.length).toBeGreaterThan(30));

it.each(table)('%s', (row) => {
  const [, attack, defence, tests = ''] = row.split(' | ').length === 3 ? ['', ...row.split(' | ')] : [];
  const files = [...tests.matchAll(/`([^`]+)`/g)].map(([, file = '']) =>
    file.replace(/^T\//, 'lib/authorization-server/tests/').replace(/^R\//, 'lib/resource-server/'),
  );
  expect([attack, defence, files.length > 0]).toEqual([expect.any(String), expect.any(String), true]);
  for (const file of files) {
    expect([file, existsSync(file)]).toEqual([file, true]);
    expect(readFileSync(file, 'utf8')).toMatch(/\b(it|test)\(|\bit\.each/);
  }
});
