import { answerAuth } from '#lib/session/next-auth-handler.ts';

export { answerAuth as GET, answerAuth as POST };
