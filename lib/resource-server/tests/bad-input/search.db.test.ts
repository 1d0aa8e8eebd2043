import type { Bundle } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { answerTo, type Sent, serveThroughout } from './bad-request.ts';

serveThroughout();

describe('a search that makes no sense', () => {
  it.each([
    ['_count=-1', 400],
    ['_count=NaN', 400],
    ['_count=1.5', 400],
    ['_count=1e3', 400],
    ['_count=0x10', 400],
    ['_count=', 400],
    ['_count=%D9%A3', 400],
    ['_count=+1', 400],
    ['_count=0', 200],
    ['_count=0&_count=5', 200],
    ['_count=2147483648', 200],
    ['_count=99999999999999999999', 200],
    ['_count=999999999999999999999', 400],
    ['_count:exact=1', 400],
    ['_sort=', 200],
    ['_sort=,,,', 200],
    ['_sort=-', 200],
    ['_sort=--_id', 200],
    ['_sort=_id;DROP TABLE resource', 200],
    ['_sort=_id,_id,_id,_id,_id,_id,_id', 200],
    ['_sort:desc=_id', 400],
    ['_sort=subject', 200],
    ['_sort=-link,organization', 200],
    [`_sort=link&_cursor=${Buffer.from('["a\\u0000","1"]').toString('base64url')}`, 400],
    ['_sort=__proto__', 200],
    ['_total=yes', 400],
    ['_total=', 400],
    ['_summary=maybe', 400],
    ['_summary=', 400],
    ['_summary=text&_include=*', 400],
    ['_elements=', 400],
    ['_elements=a b', 400],
    ['_elements=__proto__,constructor', 200],
    [`_elements=${'a'.repeat(65)}`, 400],
    ['_include=', 200],
    ['_include=:::', 200],
    ['_include=Patient:link:Practitioner', 200],
    ['_include=Nothing:link', 200],
    ['_include=__proto__:constructor', 200],
    ['_revinclude=Observation', 200],
    [`${'_include=Patient:link&'.repeat(51)}`, 400],
    ['_cursor=', 400],
    ['_cursor=W10', 400],
    ['_cursor=bnVsbA', 400],
    [`_cursor=${Buffer.from('["9223372036854775808"]').toString('base64url')}`, 400],
    [`_cursor=${Buffer.from('["99999999999999999999999"]').toString('base64url')}`, 400],
    [`_cursor=${Buffer.from('[{"a":1}]').toString('base64url')}`, 400],
    ['_lastUpdated=now', 400],
    ['_lastUpdated=ge0000', 400],
    ['_lastUpdated=ge9999-12-31T23:59:59Z', 200],
    ['_lastUpdated=ap9999', 200],
    ['_lastUpdated=2024-02-30', 400],
    ['_lastUpdated=2024-01-01T25:00', 400],
    ['_lastUpdated=2024-01-01T10:00:00%2B15:00', 400],
    ['_lastUpdated=xx2024', 400],
    ['_id=', 400],
    ['_id:not-a-modifier=1', 400],
    ['_has:Observation:subject:_has:Observation:subject:_has:Observation:subject:_has:Observation:subject:code=1', 200],
    ['link.link.link.link.name=x', 400],
    ['=', 200],
    ['&&&', 200],
    ['a=b=c', 200],
    ['%', 400],
    ['%zz=1', 400],
    ['name=%E0%A4', 400],
    ['name=%C0%80', 400],
    ['name=%ED%A0%80', 400],
    ['name%00=1', 200],
  ])('Patient?%.80s is answered with %i', async (text, status) => {
    expect((await answerTo('GET', `/Patient?${text}`)).status).toBe(status);
  });

  it.each([
    ['value-quantity=abc', 400],
    ['value-quantity=1e', 400],
    ['value-quantity=--1', 400],
    ['value-quantity=1.2.3', 400],
    ['value-quantity=Infinity', 400],
    ['value-quantity=0x1', 400],
    ['value-quantity=1e99', 200],
    ['value-quantity=1e100', 400],
    [`value-quantity=${'9'.repeat(31)}`, 400],
    ['value-quantity=1||||', 400],
    ['value-quantity=1|http://unitsofmeasure.org|mg', 200],
    ['value-quantity=1e99|http://unitsofmeasure.org|pg/mL', 200],
    ['value-quantity=-1e-99|http://unitsofmeasure.org|Cel', 200],
    ['code-value-quantity=1', 400],
    ['code-value-quantity=1$', 400],
    ['code-value-quantity=$1', 400],
    ['code-value-quantity=1$2$3', 400],
    ['code-value-quantity=1$abc', 400],
    ['code=|', 400],
    ['code=,', 400],
    ['subject=a/b/c', 400],
    ['subject=Patient/', 400],
    ['subject:Patient=Practitioner/1', 400],
    ['subject:Practitioner=1', 400],
    ['subject=http://', 200],
    ['subject=javascript:alert(1)', 200],
    ['date=2024-01-01,', 400],
    ['date=ge2024-1-1', 400],
    ['date=ge2024-01-01T00:00:00.1234567890Z', 400],
  ])('Observation?%s is answered with %i', async (text, status) => {
    expect((await answerTo('GET', `/Observation?${text}`)).status).toBe(status);
  });

  it.each([
    'code',
    'subject',
    'date',
    'value-quantity',
    'status:not',
    'code:text',
    'code-value-quantity',
    '_id',
    'patient.name',
  ])('with 10,000 values of %s is refused, by GET and by POST', async (name) => {
    const value = { date: '2024', 'value-quantity': '1', 'code-value-quantity': '1$1' }[name] ?? 'a';
    const text = `${name}=${Array.from({ length: 10_000 }, () => value).join(',')}`;
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    for (const sent of [
      ['GET', `/Observation?${text}`],
      ['POST', '/Observation/_search', text, form],
    ] as Sent[]) {
      const response = await answerTo(...sent);
      expect([response.status, (await response.json()).issue[0].code]).toEqual([400, 'too-costly']);
    }
  });

  it('follows a circle of inclusions only while it finds anything new', async () => {
    const circle =
      '_include:iterate=Patient:link&_revinclude:iterate=Patient:link&_revinclude:iterate=Observation:*&_include:iterate=*';
    const { entry } = (await (await answerTo('GET', `/Patient?_id=A&${circle}`)).json()) as Bundle;
    expect(entry?.map(({ resource }) => resource?.id).toSorted()).toEqual(['A', 'B', 'a1', 'a2']);
  });

  it('in an invalid form is refused', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await answerTo('POST', '/Patient/_search', '%', form)).status).toBe(400);
    expect((await answerTo('POST', '/Patient/_search', '{"name":"x"}')).status).toBe(415);
    expect((await answerTo('POST', '/Patient/_search', `name=${'x'.repeat(2_000_000)}`, form)).status).toBe(413);
  });
});
