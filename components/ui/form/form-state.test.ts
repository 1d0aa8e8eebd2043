import { expect, it } from 'vitest';
import { typedIn } from './form-state.ts';

it('keeps the last text of each name, and no files', () => {
  const form = new FormData();
  form.append('name', ' One ');
  form.append('several', 'a');
  form.append('several', 'b');
  form.append('file', new File(['{}'], 'a.json'));
  expect(typedIn(form)).toEqual({ name: ' One ', several: 'b' });
});
