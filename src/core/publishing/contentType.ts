/** The media type that a file of an app is served with, by its name; bytes where nothing is known of it. */
export function contentType(path: string): string {
  const [, ending = ''] = /\.([a-z0-9]+)$/.exec(path.toLowerCase()) ?? [];
  return types.get(ending) ?? 'application/octet-stream';
}

const types = new Map([
  ...['html', 'css', 'csv'].map((ending) => [ending, `text/${ending}; charset=utf-8`] as const),
  ...['js', 'mjs', 'cjs'].map((ending) => [ending, 'text/javascript; charset=utf-8'] as const),
  ...['png', 'gif', 'webp', 'avif', 'bmp', 'jpeg'].map((ending) => [ending, `image/${ending}`] as const),
  ...['mp4', 'webm', 'ogv'].map((ending) => [ending, `video/${ending.replace('ogv', 'ogg')}`] as const),
  ...['wav', 'ogg', 'flac', 'aac'].map((ending) => [ending, `audio/${ending}`] as const),
  ...['woff', 'woff2', 'ttf', 'otf'].map((ending) => [ending, `font/${ending}`] as const),
  ...['pdf', 'zip', 'wasm'].map((ending) => [ending, `application/${ending}`] as const),
  ...['json', 'map'].map((ending) => [ending, 'application/json; charset=utf-8'] as const),
  ...([
    ['htm', 'text/html; charset=utf-8'],
    ['txt', 'text/plain; charset=utf-8'],
    ['md', 'text/markdown; charset=utf-8'],
    ['xml', 'application/xml; charset=utf-8'],
    ['webmanifest', 'application/manifest+json; charset=utf-8'],
    ['svg', 'image/svg+xml; charset=utf-8'],
    ['jpg', 'image/jpeg'],
    ['ico', 'image/x-icon'],
    ['mp3', 'audio/mpeg'],
    ['ics', 'text/calendar; charset=utf-8'],
  ] as const),
]);
