import { expect, it } from 'vitest';
import { preparePart } from './prepare-part.ts';

it('lists a narrative that does something, and takes the other resources', async () => {
  const div = '<div xmlns="http://www.w3.org/1999/xhtml"><script>alert(1)</script></div>';
  const lines = [
    { resourceType: 'Patient', id: 'a' },
    { resourceType: 'Patient', id: 'b', text: { status: 'generated', div } },
  ];
  const text = lines.map((line) => JSON.stringify(line)).join('\n');
  const part = { file: 'Patient.ndjson', place: 'whole', lines: true, firstLine: 1, text, bytes: text.length };
  const { problems, resources } = await preparePart(part);
  expect(resources.map(({ id }) => id)).toEqual(['a']);
  expect(problems).toEqual([
    {
      file: 'Patient.ndjson',
      path: 'line 2',
      reason: expect.stringMatching(/^Patient\/b at Patient\.text\.div: The narrative is refused: <script>/),
    },
  ]);
});
