import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readArchive } from '../../../../src/backend/publications/readArchive.ts';
import { collectFiles } from '../../../../src/extension/node/collectFiles.ts';
import { writeWhole } from '../../../../src/extension/node/writeWhole.ts';
import { zipFiles } from '../../../../src/extension/node/zipFiles.ts';
import { PassThrough } from 'node:stream';

describe('the files that go out', () => {
  let folder: string;
  const write = (file: string, text: string): void => {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  };
  const all = { isIgnored: () => false, mostFiles: 100 };

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'tokenfare-collect-'));
    write('index.html', '<h1>Hi</h1>');
    write('css/größe.css', 'a{}'.repeat(1_000));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('are those of the folder, without secrets, ignored files, other people’s code and links', async () => {
    for (const file of ['.env', '.git/config', '.tokenfare/project.json', 'node_modules/a/i.js', 'x.pem', 'log.txt']) {
      write(file, 'no');
    }
    symlinkSync(path.join(tmpdir()), path.join(folder, 'linked'));
    symlinkSync(path.join(folder, '.env'), path.join(folder, 'linked.txt'));
    const { files, bytes, secret } = await collectFiles(folder, { ...all, isIgnored: (file) => file === 'log.txt' });
    assert.deepEqual([files.map((file) => file.path), bytes, secret], [['css/größe.css', 'index.html'], 3_011, null]);
  });

  it('name what stays behind because secrets belong in it, ignored or not, and links', async () => {
    for (const file of ['.env.local', 'deep/id_ed25519', 'deep/.ssh/config', 'server.PEM', '.git/config'])
      write(file, '');
    symlinkSync(tmpdir(), path.join(folder, 'linked'));
    const { leftOut } = await collectFiles(folder, { ...all, isIgnored: (file) => file === '.env.local' });
    assert.deepEqual(
      leftOut.map(({ path: name, why }) => `${name} ${why}`),
      ['.env.local secret', 'deep/.ssh/ secret', 'deep/id_ed25519 secret', 'linked link', 'server.PEM secret'],
    );
  });

  it('are none where one looks like a secret, which is named', async () => {
    write('js/app.js', `\nconst key = 'AKIA${'Z'.repeat(16)}';`);
    const { secret } = await collectFiles(folder, all);
    assert.deepEqual(secret, { path: 'js/app.js', secret: { kind: 'key', line: 2, what: 'aws-key' } });
  });

  it('are counted no further than is asked for', async () => {
    for (let n = 0; n < 30; n += 1) write(`${n}.txt`, '');
    assert.equal((await collectFiles(folder, { ...all, mostFiles: 10 })).files.length, 11);
  });

  it('arrive in a zip as the backend reads it, with what is added to them', async () => {
    write('run.sh', 'echo');
    chmodSync(path.join(folder, 'run.sh'), 0o755);
    const { files } = await collectFiles(folder, all);
    const file = path.join(folder, 'out.zip');
    await writeWhole(file, zipFiles(folder, files, { 'README.md': '# Hi' }));
    const read: Record<string, string> = {};
    for await (const entry of readArchive(file, { files: 10, bytes: 10_000 })) {
      read[entry.path] = Buffer.from(entry.bytes).toString();
    }
    const css = 'a{}'.repeat(1_000);
    assert.deepEqual(read, {
      'README.md': '# Hi',
      'css/größe.css': css,
      'index.html': '<h1>Hi</h1>',
      'run.sh': 'echo',
    });
  });

  it('leave what stood in the place of the zip whole if it breaks off', async () => {
    write('out.zip', 'before');
    const broken = new PassThrough();
    broken.write('half');
    const writing = writeWhole(path.join(folder, 'out.zip'), broken);
    broken.destroy(new Error('full'));
    await assert.rejects(writing, /full/);
    const { files } = await collectFiles(folder, all);
    assert.deepEqual(files.map((file) => [file.path, file.size]).at(-1), ['out.zip', 6]);
    const gone = zipFiles(folder, [{ path: 'gone.txt', size: 1, executable: false }]);
    await assert.rejects(writeWhole(path.join(folder, 'other.zip'), gone), /gone\.txt/);
  });
});
