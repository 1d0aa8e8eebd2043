/**
 * Asks whether the server of this container lives: the HEALTHCHECK of the Dockerfile. Not whether it is ready, as a new start
 * would mend nothing of the database. Plain JavaScript, to start at once.
 */
const port = process.env.PORT || '3000';
const answer = await fetch(`http://127.0.0.1:${port}/health/live`).catch(() => undefined);
process.exit(answer?.ok ? 0 : 1);
