import assert from 'node:assert/strict';
import { runTool } from '../../../../../src/extension/chat/tools/runTool.ts';
import { toolsFor } from '../../../../../src/extension/chat/tools/toolDefinitions.ts';
import { MemoryToolFiles } from '../../../../support/memoryToolFiles.ts';

describe('tools', () => {
  const run = (files: MemoryToolFiles, tool: string, input: unknown) =>
    runTool({ id: 't', tool, input, broken: false }, toolsFor(true), files);

  it('writes, reads back and lists', async () => {
    const files = new MemoryToolFiles();
    assert.equal(
      (await run(files, 'write_file', { path: './src/a.ts', content: 'let a;' })).output,
      'Created src/a.ts.',
    );
    assert.equal((await run(files, 'write_file', { path: 'src/a.ts', content: 'let b;' })).output, 'Changed src/a.ts.');
    assert.equal((await run(files, 'read_file', { path: 'src/a.ts' })).output, 'let b;');
    assert.equal((await run(files, 'list_files', {})).output, 'src/a.ts');
  });

  it('searches for a text, in a folder or everywhere, and says where there is more', async () => {
    const files = new MemoryToolFiles({ 'a.ts': 'total', 'src/b.ts': 'total' });
    const search = async (input: unknown) => (await run(files, 'search', input)).output;
    assert.equal(await search({ text: 'total' }), 'a.ts:1: total\nsrc/b.ts:1: total');
    assert.equal(await search({ text: 'total', path: 'src' }), 'src/b.ts:1: total');
    assert.equal(await search({ text: 'nowhere' }), 'Not found.');
    files.isComplete = false;
    assert.equal(await search({ text: 'total', path: 'src' }), 'src/b.ts:1: total\n(there are more)');
    assert.ok((await run(files, 'search', { text: ' ' })).failed);
    assert.ok((await run(files, 'search', { text: 'x', path: '../..' })).failed);
  });

  it('tells of the problems that the editor shows', async () => {
    const files = new MemoryToolFiles();
    assert.equal((await run(files, 'problems', {})).output, 'No errors or warnings.');
    files.shownProblems = 'error a.ts:1 No';
    assert.equal((await run(files, 'problems', {})).output, 'error a.ts:1 No');
  });

  const outside = ['../a', '/etc/passwd', 'C:/a', 'a/../../b', 'a\\b', 'a\0', '', '.'];
  for (const path of outside) {
    it(`refuses the path ${JSON.stringify(path)}`, async () => {
      const files = new MemoryToolFiles();
      const result = await run(files, 'write_file', { path, content: 'x' });
      assert.ok(result.failed);
      assert.equal(files.files.size, 0);
    });
  }

  it('asks before it touches what is guarded, for reading too', async () => {
    const files = new MemoryToolFiles({ '.env': 'SECRET=1' });
    assert.ok((await run(files, 'read_file', { path: '.env' })).failed);
    assert.ok((await run(files, 'edit_file', { path: '.env', find: '1', replace: '2' })).failed);
    assert.ok((await run(files, 'write_file', { path: '.git/hooks/pre-commit', content: 'x' })).failed);
    assert.deepEqual(files.asked, ['.env', '.env', '.git/hooks/pre-commit']);
    files.consents = true;
    assert.equal((await run(files, 'read_file', { path: '.env' })).output, 'SECRET=1');
  });

  it('edits one exact place and says what is wrong with any other', async () => {
    const files = new MemoryToolFiles({ 'a.txt': 'one\r\ntwo\r\none\r\n' });
    const edit = (find: string, replace: string) => run(files, 'edit_file', { path: 'a.txt', find, replace });
    assert.match((await edit('one', '1')).output, /occurs 2 times/);
    assert.match((await edit('three', '3')).output, /not in the file/);
    assert.match((await edit('one  two', '3')).output, /other blanks/);
    assert.match((await edit('', '3')).output, /empty/);
    assert.equal((await edit('one\ntwo', '1\n2')).failed, false);
    assert.equal(files.files.get('a.txt'), '1\r\n2\r\none\r\n');
  });

  it('answers arguments of another shape, unknown tools and refused writes in words', async () => {
    const files = new MemoryToolFiles();
    assert.match((await run(files, 'write_file', { path: 3 })).output, /do not fit/);
    assert.match((await run(files, 'delete_all', {})).output, /no tool delete_all/);
    files.refusal = 'The disk is full.';
    assert.equal((await run(files, 'write_file', { path: 'a', content: '' })).output, 'Error: The disk is full.');
    files.access = 'restricted';
    assert.match((await run(files, 'write_file', { path: 'a', content: '' })).output, /Restricted Mode/);
  });

  it('carries out no tool that is not offered', async () => {
    const files = new MemoryToolFiles();
    const call = { id: 't', tool: 'write_file', input: { path: 'a', content: '' }, broken: false };
    assert.match((await runTool(call, toolsFor(false), files)).output, /no tool write_file/);
    assert.equal(files.files.size, 0);
  });

  it('writes nothing to a read-only folder, and nothing beyond the largest file', async () => {
    const files = new MemoryToolFiles();
    const huge = { path: 'a', content: 'x'.repeat(2_000_001) };
    assert.match((await run(files, 'write_file', huge)).output, /too large/);
    files.access = 'readOnly';
    assert.match((await run(files, 'write_file', { path: 'a', content: '' })).output, /read-only/);
    assert.equal(files.files.size, 0);
  });

  it('cuts a long file and says so', async () => {
    const files = new MemoryToolFiles({ 'a.txt': 'x'.repeat(200_000) });
    const { output } = await run(files, 'read_file', { path: 'a.txt' });
    assert.ok(output.length < 101_000);
    assert.match(output, /cut here: the file has 200000 characters/);
  });
});
