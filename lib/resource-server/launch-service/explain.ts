import { openToAllOrigins } from '#lib/http/cors.ts';

const forPeople = `This is the launch context service of an EHR sandbox. An outside system registers here what an app
shall know when it starts, and gets the launch id that the app brings to the authorization server:

  POST to this address, Authorization: Bearer <access token>, Content-Type: application/json
  {"client_id": "my_app", "parameters": {"patient": "123", "need_patient_banner": false}}

GET {address}/{launch_id} reads a launch back, DELETE withdraws it. A launch id is valid once, until expires_at.
`;

/** Explains the service to people who open its address in a browser. */
export function explain(): Response {
  return new Response(forPeople, { headers: { 'Content-Type': 'text/plain; charset=utf-8', ...openToAllOrigins } });
}
