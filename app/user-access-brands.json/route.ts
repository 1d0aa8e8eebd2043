import { answerAllBrands } from '#lib/resource-server/discovery/published.ts';

export { answerAllBrands as GET, answerAllBrands as HEAD, answerAllBrands as OPTIONS };
