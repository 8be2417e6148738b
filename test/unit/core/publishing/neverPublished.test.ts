import assert from 'node:assert/strict';
import { neverPublished } from '../../../../src/core/publishing/neverPublished.ts';

describe('what is never published', () => {
  for (const path of [
    ...['.env', '.env.local', 'a/.env.production', '.ENV', '.env.', '.e\u200bnv', '.env:stream', '.env/x'],
    ...['.git/config', 'sub/.git', '.tokenfare/project.json', 'node_modules/a/index.js', 'a/Node_Modules/b.js'],
    ...[
      'server.pem',
      'a/b.KEY',
      'id_rsa',
      'id_ed25519',
      'cert.p12',
      'cert.pfx',
      'my.keystore',
      '.npmrc',
      '.ssh/config',
    ],
    ...['.aws/credentials', '.htpasswd', '.netrc', '.DS_Store', 'Thumbs.db'],
  ]) {
    it(`has ${JSON.stringify(path)}`, () => assert.equal(neverPublished(path), true));
  }

  for (const path of [
    ...['index.html', 'environment.js', 'env.js', 'src/.well-known/security.txt', 'keys.html', 'monkey.png'],
    ...['git/index.html', 'id_rsa.html', 'assets/key.svg', '.nojekyll', 'node_modules.html'],
  ]) {
    it(`has not ${JSON.stringify(path)}`, () => assert.equal(neverPublished(path), false));
  }
});
