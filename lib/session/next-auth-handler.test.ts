import { NextRequest } from 'next/server';
import { expect, it } from 'vitest';
import { answerAuth } from './next-auth-handler.ts';

it.each(['GET', 'HEAD'])('signs nobody in by %s, and says how it is done', async (method) => {
  const request = new NextRequest('http://localhost:3000/api/auth/callback/credentials?username=a&password=b', {
    method,
  });
  const answer = await answerAuth(request, { params: Promise.resolve({ nextauth: ['callback', 'credentials'] }) });
  expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
});
