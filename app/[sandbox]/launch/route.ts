import { launchRoute } from './launch-route.ts';
import { startLaunch } from './start-launch.ts';

/** Opens an app in the tab that posted here: records the launch and sends the browser on to the app. */
export const POST = launchRoute(startLaunch);
