import assert from 'node:assert/strict';
import { keptBack } from '../../../src/core/keptBack.ts';

const byIgnoreFile = (ignoreFile: string, ...paths: string[]) => {
  const kept = keptBack({ ignoreFile, excluded: {} });
  return paths.filter((path) => kept.by(path) === 'ignoreFile');
};
const byGlob = (glob: string, ...paths: string[]) => {
  const kept = keptBack({ ignoreFile: '', excluded: { [glob]: true } });
  return paths.filter((path) => kept.by(path) === 'excluded');
};

describe('files that are kept back', () => {
  it('are those of .tokenfareignore, in the syntax of .gitignore', () => {
    const rules = '# keys\n*.pem\n/top.txt\nsecret/\n!secret.pem\ndata/**/raw.csv\n';
    const kept = ['a.pem', 'x/b.pem', 'top.txt', 'secret/a/b.ts', 'data/raw.csv', 'data/1/2/raw.csv'];
    assert.deepEqual(byIgnoreFile(rules, ...kept, 'secret.pem', 'x/top.txt', 'secrets/a.ts', 'raw.csv'), kept);
  });

  it('are those of files.exclude, from the folder on, with all that a hidden folder holds', () => {
    assert.deepEqual(byGlob('**/build', 'build/a.js', 'x/build/b/c.js', 'builds/a.js'), [
      'build/a.js',
      'x/build/b/c.js',
    ]);
    assert.deepEqual(byGlob('*.key', 'a.key', 'x/a.key'), ['a.key']);
    assert.deepEqual(byGlob('**/*.{pem,k{ey,dbx}}', 'a.pem', 'x/a.key', 'a.kdbx', 'a.ts'), [
      'a.pem',
      'x/a.key',
      'a.kdbx',
    ]);
    assert.deepEqual(byGlob('private/**', 'private/a', 'x/private/a'), ['private/a']);
    assert.deepEqual(byGlob('note?.md', 'note1.md', 'note.md', 'note12.md'), ['note1.md']);
    assert.deepEqual(byGlob('#drafts', '#drafts/a.md', 'drafts/a.md'), ['#drafts/a.md']);
    assert.deepEqual(byGlob('!all', '!all', 'all'), ['!all']);
  });

  it('are found whatever the case of their letters', () => {
    assert.deepEqual(byIgnoreFile('secret.txt', 'SECRET.TXT'), ['SECRET.TXT']);
    assert.deepEqual(byGlob('**/Secret.txt', 'a/secret.TXT'), ['a/secret.TXT']);
  });

  it('are none where the setting is off, and depend on a file beside them where it says so', () => {
    const kept = keptBack({ ignoreFile: '', excluded: { '**/off': false, '**/*.js': '$(basename).ts' } });
    assert.deepEqual([kept.by('off'), kept.by('src/a.js')], [null, null]);
    assert.deepEqual(kept.unlessGone('src/a.min.js'), ['src/a.min.ts']);
    assert.deepEqual(kept.unlessGone('a.css'), []);
  });

  it('never are all of the folder by mistake: its own name is empty', () => {
    assert.equal(keptBack({ ignoreFile: '*', excluded: { '**': true } }).by(''), null);
  });

  it('are rather too many than too few where a glob names more than can be told apart', () => {
    assert.deepEqual(byGlob(`x${'{a,b}'.repeat(60)}`, 'xc', 'c'), ['xc']);
  });
});
