import { launchRoute } from '../../launch/launch-route.ts';
import { launchFromCard } from './launch-from-card.ts';

/** Opens the app behind a card's smart link in the tab that posted here, as `/{sandbox}/launch` does for a button. */
export const POST = launchRoute(launchFromCard);
