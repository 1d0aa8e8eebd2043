import { expect, it } from 'vitest';
import { refusalOfForm } from './boundary.ts';

const dashes = '-'.repeat(27);

it.each([
  [undefined, undefined],
  ['application/json', undefined],
  ['application/x-www-form-urlencoded', undefined],
  ['multipart/form-data; boundary=----WebKitFormBoundary7MA4YWxkTrZu0gW', undefined],
  ['multipart/form-data; boundary=---------------------------9051914041544843365972754266', undefined],
  ['Multipart/Form-Data; charset=utf-8; Boundary="----formdata-undici-012345678901"', undefined],
  ['multipart/form-data', 400],
  ['multipart/form-data;', 400],
  ['MULTIPART/FORM-DATA', 400],
  ['multipart/form-data; boundary', 400],
  ['multipart/form-data; boundary=', 400],
  ['multipart/form-data; boundary=""', 400],
  ['multipart/form-data; boundary=x', undefined],
  [`multipart/form-data; boundary=${dashes}é`, 400],
  [`multipart/form-data; xboundary=${dashes}`, 400],
  [`multipart/form-data, text/plain; boundary=${dashes}`, 400],
  [`multipart/form-data; boundary=${'-'.repeat(71)}`, 400],
])('%j: %s', (type, status) => {
  expect(refusalOfForm({ headers: { 'content-type': type } })?.status).toBe(status);
});

it.each(['x', "a'()+_,-./:=? b", '-_'.repeat(35), 'é', 'x"', ''])(
  'takes %j as a boundary only if Node does',
  async (text) => {
    const type = `multipart/form-data; boundary="${text}"`;
    const part = 'Content-Disposition: form-data; name="a"\r\n\r\n1';
    const body = Buffer.from(`--${text}\r\n${part}\r\n--${text}--\r\n`, 'latin1');
    const request = new Request('http://ehr.example', { method: 'POST', headers: { 'content-type': type }, body });
    const parsed = request.formData().then(
      () => true,
      () => false,
    );
    expect(refusalOfForm({ headers: { 'content-type': type } }) === undefined).toBe(await parsed);
  },
);
