import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { changesOf } from '../../../src/backend/changesOf.ts';

describe('the changes of a file', () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'tokenfare-changes-'));
    file = path.join(folder, 'config.json');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('are seen at the second look, when it is left alone, and only if it is another than at the start', () => {
    writeFileSync(file, '{}');
    const isChanged = changesOf(() => file);
    assert.deepEqual([isChanged(), isChanged()], [false, false]);
    writeFileSync(file, '{"a":1}');
    assert.equal(isChanged(), false);
    writeFileSync(file, '{"a":12}');
    assert.deepEqual([isChanged(), isChanged()], [false, true]);
    utimesSync(file, 1, 1);
    assert.deepEqual([isChanged(), isChanged()], [false, true]);
  });

  it('are its coming and its going too', () => {
    const isMade = changesOf(() => file);
    assert.equal(isMade(), false);
    writeFileSync(file, '{}');
    assert.deepEqual([isMade(), isMade()], [false, true]);
    const isGone = changesOf(() => file);
    rmSync(file);
    assert.deepEqual([isGone(), isGone()], [false, true]);
    assert.deepEqual([isMade(), isMade()], [false, false]);
  });
});
