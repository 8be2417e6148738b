import assert from 'node:assert/strict';
import { findSecret, SEARCHED_BYTES, searchedText } from '../../../../src/core/publishing/findSecret.ts';

const letters = (count: number): string => 'aB3'.repeat(count).slice(0, count);

describe('what looks like a secret', () => {
  for (const [what, text] of [
    ['private-key', '-----BEGIN PRIVATE KEY-----'],
    ['private-key', '-----BEGIN RSA PRIVATE KEY-----'],
    ['private-key', '{"private_key":"-----BEGIN OPENSSH PRIVATE KEY-----\\nb3"}'],
    ['aws-key', `AKIA${'Q'.repeat(16)}`],
    ['github-token', `ghp_${letters(36)}`],
    ['github-token', `github_pat_${letters(60)}`],
    ['gitlab-token', `glpat-${letters(20)}`],
    ['stripe-key', `sk_live_${letters(24)}`],
    ['slack-token', `xoxb-1234567890-${letters(24)}`],
    ['model-key', `sk-${letters(48)}`],
    ['model-key', `sk-ant-api03-${letters(60)}`],
    ['npm-token', `npm_${letters(36)}`],
    ['sendgrid-key', `SG.${letters(22)}.${letters(43)}`],
    ['tokenfare-key', `tf_${letters(43)}`],
    ['database-url', 'postgres://app:hunter22@db.example.com/app'],
  ] as const) {
    it(`is a ${what}: ${text.slice(0, 24)}`, () => {
      const found = findSecret('src/app.js', `first\nsecond\nconst key = '${text}';\n`);
      assert.deepEqual(found, { kind: 'key', line: 3, what });
    });
  }

  for (const path of [
    'credentials.json',
    'a/secrets.yml',
    'client_secret.json',
    'service-account-key.json',
    'a/prod.env',
  ]) {
    it(`is a file called ${path}`, () => assert.deepEqual(findSecret(path, ''), { kind: 'name' }));
  }

  for (const text of [
    ...['pk_live_is_public', 'sk_test_4eC39HqLyjWDarjtT1zdp7dc', 'AKIA-short', '-----BEGIN PUBLIC KEY-----'],
    ...['.sk-loading-indicator-with-a-very-long-name-of-a-class { }', 'postgres://localhost/app'],
    ...['postgres://app:${PASSWORD}@db/app', 'AIzaSyA-1234567890123456789012345678901', 'the password is a secret'],
  ]) {
    it(`is not: ${text}`, () => assert.equal(findSecret('src/app.js', text), null));
  }

  for (const path of ['example.env', 'src/env.ts', 'environment.ts', 'secrets.ts']) {
    it(`is not a file called ${path}`, () => assert.equal(findSecret(path, ''), null));
  }

  it('is looked for in UTF-16 too, in whichever order its bytes stand', () => {
    const key = `AKIA${'Q'.repeat(16)}`;
    const little = Buffer.from(`\ufeff${key}`, 'utf16le');
    const big = Buffer.from(little).swap16();
    for (const bytes of [Buffer.from(key), little, big]) {
      assert.deepEqual(findSecret('a.txt', searchedText(bytes)), { kind: 'key', line: 1, what: 'aws-key' });
    }
  });

  it('is not looked for in what is no text, or too much of it', () => {
    assert.equal(searchedText(Buffer.from('text')), 'text');
    assert.equal(searchedText(Buffer.from('by\0tes')), '');
    assert.equal(searchedText(new Uint8Array(SEARCHED_BYTES + 1).fill(65)), '');
  });
});
