import assert from 'node:assert/strict';
import { contentType } from '../../../../src/core/publishing/contentType.ts';

describe('the type of a file', () => {
  for (const [path, type] of [
    ['index.html', 'text/html; charset=utf-8'],
    ['a/B.CSS', 'text/css; charset=utf-8'],
    ['app.min.js', 'text/javascript; charset=utf-8'],
    ['a.mjs', 'text/javascript; charset=utf-8'],
    ['a.json', 'application/json; charset=utf-8'],
    ['a.svg', 'image/svg+xml; charset=utf-8'],
    ['a.jpg', 'image/jpeg'],
    ['a.woff2', 'font/woff2'],
    ['a.ogv', 'video/ogg'],
    ['a.wasm', 'application/wasm'],
    ['a.webmanifest', 'application/manifest+json; charset=utf-8'],
    ['html', 'application/octet-stream'],
    ['a.exe', 'application/octet-stream'],
    ['a.html/b', 'application/octet-stream'],
  ] as const) {
    it(`${path}: ${type}`, () => assert.equal(contentType(path), type));
  }
});
