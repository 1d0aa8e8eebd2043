import { expect, it } from 'vitest';
import { isDecodedForm, refusalOfBody } from './sent-form.ts';

const type = 'multipart/form-data; boundary=edge';
const part = (name: string, value: string, more = '') =>
  `--edge\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`;
const end = '--edge--\r\n';
const form = (fields: Record<string, string>) =>
  Object.entries(fields)
    .map(([name, value]) => part(name, value))
    .join('') + end;
const reference = {
  $ACTION_REF_1: '',
  '$ACTION_1:0': '{"id":"6a","bound":"$@1"}',
  '$ACTION_1:1': '["demo"]',
  name: 'x',
};

async function isRefused(body: string, action: boolean, contentType = type): Promise<boolean> {
  const headers = { 'content-type': contentType, ...(action ? { 'next-action': '6a' } : {}) };
  const refusal = await refusalOfBody(headers, Buffer.from(body, 'latin1'));
  return refusal?.status === 400;
}

it.each<[what: string, body: string]>([
  ['fields', form({ name: 'x', other: '' })],
  ['nothing but an end', end],
  ['many parts', part('a', '').repeat(2000) + end],
  ['a file', part('file', '{}', '; filename="a.json"') + end],
  ['names that objects inherit', form({ __proto__: 'x', constructor: 'y' })],
  ['fields of one name', part('a', '1') + part('a', '2') + end],
  ['an action with bound arguments', form(reference)],
  ['an action without any', form({ $ACTION_REF_1: '', '$ACTION_1:0': '{"id":"6a","bound":null}' })],
  ['an action by its id', form({ $ACTION_ID_6a: '' })],
])('lets a form with %s pass', async (_, body) => expect(await isRefused(body, false)).toBe(false));

it.each<[what: string, body: string]>([
  ['with another boundary', form({ name: 'x' }).replaceAll('--edge', '--hem')],
  ['without an end', part('name', 'x')],
  ['cut off in a part', form({ name: 'xxxx' }).slice(0, 58)],
  ['cut off in the head of a part', '--edge\r\nContent-Disposition: form-d'],
  ['that is empty', ''],
  ['of more parts than any page sends', part('a', '').repeat(2001) + end],
  ['that is JSON', '{"name":"x"}'],
  ['with a part without a name', '--edge\r\nContent-Disposition: form-data\r\n\r\nx\r\n--edge--\r\n'],
  ['with a part without a head', '--edge\r\n\r\nx\r\n--edge--\r\n'],
  ['with a part that is an attachment', '--edge\r\nContent-Disposition: attachment; name="a"\r\n\r\nx\r\n--edge--\r\n'],
  ['with something before its parts', `x\r\n${form({ name: 'x' })}`],
  ['with something after its end', form({ name: 'x' }) + form({ name: 'x' })],
  ['with NUL in a name', form({ 'a\0b': 'x' })],
  ['with a name without end', form({ ['x'.repeat(9000)]: 'x' })],
  [
    'with heads without end',
    `--edge\r\n${'X: y\r\n'.repeat(3000)}Content-Disposition: form-data; name="a"\r\n\r\nx\r\n${end}`,
  ],
  ['with a name that nothing ends', '--edge\r\nContent-Disposition: form-data; name="a\r\n\r\nx\r\n--edge--\r\n'],
  ['that announces an action and does not name it', form({ $ACTION_REF_1: '' })],
  ['that names an action in no JSON', form({ ...reference, '$ACTION_1:0': '{' })],
  ['that names no action', form({ ...reference, '$ACTION_1:0': 'null' })],
  ['whose bound arguments are missing', form({ ...reference, '$ACTION_1:0': '{"id":"6a","bound":"$@2"}' })],
  ['whose bound arguments are no list', form({ ...reference, '$ACTION_1:1': '{}' })],
  ['whose bound arguments lead elsewhere', form({ ...reference, '$ACTION_1:1': '["$F1"]' })],
  ['that announces an action twice', form(reference).replace(end, '') + form(reference)],
])('refuses a form %s', async (_, body) => expect(await isRefused(body, false)).toBe(true));

it.each<[list: string]>([
  ['[]'],
  ['["demo",{"a":[1,null,true,"x"]},"$K1"]'],
  ['["$undefined","$$5","$NaN","$-Infinity","$-0","$n123","$D2026-01-01T00:00:00.000Z"]'],
])('lets the arguments %s pass', async (list) => {
  expect(await isRefused(form({ '0': list, '1_name': 'x' }), true)).toBe(false);
  expect(await isRefused(list, true, 'text/plain;charset=UTF-8')).toBe(false);
});

it.each<[list: string]>([
  [''],
  ['{'],
  ['{}'],
  [JSON.stringify(Array.from({ length: 21 }, () => 1))],
  ['null'],
  ['"$K1"'],
  ['["$F1"]'],
  ['["$1"]'],
  ['["$1:__proto__:then"]'],
  ['["$@0"]'],
  ['["$Q1"]'],
  ['["$B1"]'],
  ['["$nx"]'],
  ['["$Dx"]'],
  ['["$"]'],
  ['[{"__proto__":1}]'],
  ['['.repeat(50) + ']'.repeat(50)],
])('refuses the arguments %j', async (list) => {
  expect(await isRefused(form({ '0': list }), true)).toBe(true);
  expect(await isRefused(list, true, 'text/plain;charset=UTF-8')).toBe(true);
});

it('refuses arguments that are sent twice, or as another type', async () => {
  expect(await isRefused(part('0', '{') + part('0', '[]') + end, true)).toBe(true);
  expect(await isRefused('0=[]', true, 'application/x-www-form-urlencoded')).toBe(true);
});

it.each([
  ['POST', { 'content-type': 'Multipart/Form-Data; boundary=edge' }, true],
  ['POST', { 'content-type': 'text/plain', 'next-action': '6a' }, true],
  ['POST', { 'content-type': 'application/x-www-form-urlencoded' }, false],
  ['POST', {}, false],
  ['GET', { 'next-action': '6a' }, false],
])('of a %s with %j the framework decodes the body: %s', (method, headers, expected) => {
  expect(isDecodedForm({ method, headers })).toBe(expected);
});
