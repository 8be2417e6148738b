import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { loadConfig } from '../../../src/backend/config.ts';
import { configuredUpstreams } from '../../../src/backend/models/configuredUpstreams.ts';
import { StartRefusal } from '../../../src/backend/startRefusal.ts';

describe('the configuration', () => {
  let folder: string;
  let file: string;

  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'tokenfare-config-'));
    file = path.join(folder, 'the.json');
  });
  after(() => rmSync(folder, { recursive: true }));

  const load = (config: unknown, environment: NodeJS.ProcessEnv = {}) => {
    writeFileSync(file, typeof config === 'string' ? config : JSON.stringify(config));
    return loadConfig(file, environment);
  };
  const refusalOf = (act: () => unknown): string => {
    try {
      act();
    } catch (error) {
      assert.ok(error instanceof StartRefusal);
      assert.doesNotMatch(error.message, /\n/);
      return error.message.replaceAll(file, 'FILE');
    }
    return assert.fail('it was accepted');
  };

  it('is the file with the environment over it, names in any case, lists as JSON', () => {
    const { limits, upstreams, publicUrl } = load(
      { limits: { bodyBytes: 1, requestsPerMinute: 7 }, publicUrl: 'http://a' },
      {
        TOKENFARE_LIMITS__BODY_BYTES: '2',
        TOKENFARE_PUBLICURL: 'http://b',
        TOKENFARE_UPSTREAMS: '[{"id":"a","baseUrl":"http://c","models":[{"id":"m"}]}]',
        TOKENFARE_DATA: 'elsewhere',
      },
    );
    assert.deepEqual([limits.bodyBytes, limits.requestsPerMinute, publicUrl], [2, 7, 'http://b']);
    assert.deepEqual(upstreams[0]?.models, [{ id: 'm', multiplier: 1, contextWindow: 65_536, maxOutputTokens: 8_192 }]);
  });

  for (const [what, config, environment, line] of [
    ['an unknown key', { limits: { requests: 1 } }, {}, /^FILE: limits\.requests is not a known setting\.$/],
    ['a bad value', { auth: { mode: 'open' } }, {}, /^FILE: auth\.mode: Invalid option/],
    ['a bad value in a list', { upstreams: [{ id: 'a' }] }, {}, /^FILE: upstreams\.0\.baseUrl: /],
    ['no JSON', '{ broken', {}, /^FILE is not a JSON object\.$/],
    ['a list', '[]', {}, /^FILE is not a JSON object\.$/],
    [
      'a bad variable',
      {},
      { TOKENFARE_LIMITS__BODY_BYTES: 'ten' },
      /^TOKENFARE_LIMITS__BODY_BYTES: limits\.bodyBytes: /,
    ],
    ['a bad list in a variable', {}, { TOKENFARE_UPSTREAMS: '[1]' }, /^TOKENFARE_UPSTREAMS: upstreams\.0: /],
    ['an unknown variable', {}, { TOKENFARE_COLOUR: 'red' }, /^TOKENFARE_COLOUR is not a known setting\.$/],
    ['local mode for many', { database: 'postgres://localhost/x' }, {}, /^auth\.mode: local is for SQLite/],
  ] as const) {
    it(`says in one line that it has ${what}, and where`, () => {
      assert.match(refusalOf(() => load(config, environment)).replace(/^Configuration: /, ''), line);
    });
  }

  it('says that a file is not there, and a key that it names', () => {
    assert.match(
      refusalOf(() => loadConfig('/nowhere.json', {})),
      /^Configuration: \/nowhere\.json cannot be read/,
    );
    const { upstreams } = load({
      upstreams: [{ id: 'a', baseUrl: 'http://127.0.0.1:9', apiKeyEnv: 'NO_SUCH_KEY', models: [{ id: 'm' }] }],
    });
    assert.match(
      refusalOf(() => configuredUpstreams(upstreams, { environment: {}, dataDir: folder })),
      /^Configuration: upstreams: a needs its key in the environment variable NO_SUCH_KEY\.$/,
    );
  });
});
