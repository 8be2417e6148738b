import assert from 'node:assert/strict';
import { holdsSecrets } from '../../../../src/core/publishing/holdsSecrets.ts';

describe('what secrets are kept in', () => {
  for (const path of [
    '.env',
    'a/.env.production',
    '.ENV/x',
    'server.pem',
    'a/b.KEY',
    'id_ed25519',
    '.aws/config',
    '.npmrc',
  ]) {
    it(`is ${path}`, () => assert.equal(holdsSecrets(path), true));
  }

  for (const path of [
    'index.html',
    '.git/config',
    '.tokenfare/project.json',
    'node_modules/a.js',
    '.DS_Store',
    'x.pem/y',
  ]) {
    it(`is not ${path}`, () => assert.equal(holdsSecrets(path), false));
  }
});
