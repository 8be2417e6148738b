/** The portal: the account page as a document of its own. Its script asks for everything; nothing is in the HTML. */
export function portalPage(signIn: 'key' | 'oidc' | 'github'): string {
  return `<!doctype html>
<html lang="en" class="portal" data-sign-in="${signIn}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Tokenfare account</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/account/codicon.css"><link rel="stylesheet" href="/account/account.css"></head>
<body><script src="/account/account.js"></script></body></html>`;
}

/** No inline script, no frames, nothing from elsewhere; never kept by a cache, since what it shows is one person's. */
export const portalHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
} as const;

/** What the page loads, by name, with its type. */
export const portalFiles: Readonly<Record<string, string>> = {
  'account.js': 'text/javascript; charset=utf-8',
  'account.css': 'text/css; charset=utf-8',
  'codicon.css': 'text/css; charset=utf-8',
  'codicon.ttf': 'font/ttf',
};
