/**
 * The headers that every answer of a published app has: it is a stranger's page. It keeps its type, shares no window
 * and no process with other origins, and asks for none of the visitor's devices.
 */
export const appHeaders = {
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), payment=()',
  // A service worker of an app stays with the app, and nothing is shown that a later version has replaced.
  'cache-control': 'no-cache',
  'accept-ranges': 'bytes',
} as const;

/** What is said where there is nothing: plain, and without a word about whose it might be. */
export const NOTHING_HERE = 'There is nothing here.\n';
