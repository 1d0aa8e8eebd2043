/**
 * A separate process, run by `audit-processes.db.test.ts`, that reads a patient repeatedly, ends as the server does,
 * and prints the number of events in the audit log of the sandbox.
 */
import { auditWritten } from '#lib/data/audit/queue.ts';
import { database, disconnect } from '#lib/data/database/database.ts';
import { fhirServer } from './fhir-server.ts';

const reads = Number(process.argv[2]);

const { send, put } = await fhirServer({ clinician: { scope: 'user/*.cruds' } });
await put([{ resourceType: 'Patient', id: 'p' }]);
await Promise.all(Array.from({ length: reads }, () => send('GET', '/Patient/p', 'clinician')));
await auditWritten();
process.stdout.write(String(await database().auditEvent.count()));
await disconnect();
