/** Asks the server of this container how it is: the HEALTHCHECK of the Dockerfile. Plain JavaScript, to start at once. */
const port = process.env.PORT || '3000';
const answer = await fetch(`http://127.0.0.1:${port}/health`).catch(() => undefined);
process.exit(answer?.ok ? 0 : 1);
