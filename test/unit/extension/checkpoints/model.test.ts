import assert from 'node:assert/strict';
import fc from 'fast-check';
import fs from 'node:fs';
import { inspect } from 'node:util';
import type { FileChange } from '../../../../src/core/changeSet.ts';
import type { CheckpointStore } from '../../../../src/extension/node/checkpointStore.ts';
import { CheckpointError } from '../../../../src/extension/node/checkpoints/checkpointError.ts';
import { propertyRuns } from '../../../support/propertyRuns.ts';
import { PlainModel, type ModelFile, type Side } from './plainModel.ts';
import { WorkspaceOnDisk } from './workspaceOnDisk.ts';

const SLOTS = 4;
const paths = ['a.txt', 'd/b.txt', 'd/e/c.txt'];

/** One thing that the model or the person does to a file. */
interface Edit {
  readonly path: string;
  readonly kind: 'line' | 'remove' | 'mode';
  readonly slot: number;
}

type Step =
  | { readonly kind: 'generate'; readonly edits: readonly Edit[]; readonly way: 'apply' | 'steps' | 'record' }
  | { readonly kind: 'person'; readonly edit: Edit }
  | { readonly kind: 'rollBack'; readonly picks: readonly number[]; readonly path: string | null; readonly side: Side }
  | {
      readonly kind: 'hunks';
      readonly picks: readonly number[];
      readonly path: string;
      readonly mask: number;
      readonly side: Side;
    }
  | { readonly kind: 'redo'; readonly pick: number; readonly side: Side }
  | { readonly kind: 'drop'; readonly pick: number }
  | { readonly kind: 'reopen' };

const edit: fc.Arbitrary<Edit> = fc.record({
  path: fc.constantFrom(...paths),
  kind: fc.constantFrom('line' as const, 'line' as const, 'line' as const, 'remove' as const, 'mode' as const),
  slot: fc.nat(SLOTS - 1),
});
const side = fc.constantFrom<Side>('stop', 'stop', 'mine', 'old');
const generate = fc.record({
  kind: fc.constant('generate' as const),
  edits: fc.array(edit, { minLength: 1, maxLength: 4 }),
  way: fc.constantFrom('apply' as const, 'steps' as const, 'record' as const),
});
const picks = fc.array(fc.nat(), { minLength: 1, maxLength: 3 });
const rollBack = fc.record({
  kind: fc.constant('rollBack' as const),
  picks,
  path: fc.option(fc.constantFrom(...paths), { nil: null, freq: 3 }),
  side,
});
const hunks = fc.record({
  kind: fc.constant('hunks' as const),
  picks,
  path: fc.constantFrom(...paths),
  /** Which of the changed lines, as bits. */
  mask: fc.nat(2 ** SLOTS - 1),
  side,
});
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: generate },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('person' as const), edit }) },
  { weight: 4, arbitrary: rollBack },
  { weight: 2, arbitrary: hunks },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('redo' as const), pick: fc.nat(), side }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('drop' as const), pick: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('reopen' as const) }) },
);

const RUNS = propertyRuns(2_000);

/** On two busy cores a run takes some ten milliseconds. */
const MS_PER_RUN = 400;

describe('checkpoint store against a plain model', function () {
  this.timeout(RUNS * MS_PER_RUN);

  it('agrees after every step of a random life', async () => {
    const life = fc.array(step, { minLength: 2, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(life, async (steps) => {
        const life = new Life();
        try {
          await life.start();
          for (const each of steps) await life.take(each);
          await life.backToStart();
        } finally {
          await life.end();
        }
      }),
      { numRuns: RUNS },
    );
  });
});

/** One workspace with its store, and the model beside it. */
class Life {
  readonly #disk = new WorkspaceOnDisk();
  readonly #model = new PlainModel();
  readonly #rollbackIds: string[] = [];
  #store: CheckpointStore | undefined;
  #count = 0;

  async start(): Promise<void> {
    for (const path of paths.slice(0, 2))
      this.#model.files.set(path, { mode: 0o644, slots: Array(SLOTS).fill('first') });
    this.#write();
    await this.#reopen();
  }

  async take(step: Step): Promise<void> {
    this.#count += 1;
    if (step.kind === 'reopen') await this.#reopen();
    if (step.kind === 'person') {
      applied(this.#model.files, step.edit, `person ${String(this.#count)}`);
      this.#write();
    }
    if (step.kind === 'generate') await this.#generate(`g${String(this.#count)}`, step);
    if (step.kind === 'rollBack') await this.#rollBack(step);
    if (step.kind === 'hunks') await this.#rollBackHunks(step);
    if (step.kind === 'redo') await this.#redo(step);
    if (step.kind === 'drop') await this.#drop(step.pick);
    assert.deepEqual(this.#onDisk(), textsOf(this.#model.files));
    const listed = await this.#open.list();
    assert.deepEqual(
      listed.map(({ id, state }) => [id, state]),
      [...this.#model.generations.keys()].map((id) => [id, this.#model.stateOf(id)]),
    );
  }

  /** Whatever was done can be undone: everything rolled back is the start plus what the person did. */
  async backToStart(): Promise<void> {
    const ids = [...this.#model.generations.keys()];
    if (ids.length === 0) return;
    await this.#rollBack({ kind: 'rollBack', picks: ids.map((_, index) => index), path: null, side: 'old' });
    assert.deepEqual(this.#onDisk(), textsOf(this.#model.files));
  }

  async end(): Promise<void> {
    await this.#disk.remove();
  }

  get #open(): CheckpointStore {
    assert.ok(this.#store);
    return this.#store;
  }

  async #reopen(): Promise<void> {
    await this.#store?.close();
    this.#store = await this.#disk.open();
  }

  async #generate(id: string, { edits, way }: Extract<Step, { kind: 'generate' }>): Promise<void> {
    const store = this.#open;
    await store.begin(id, { prompt: '' });
    const before = new Map(this.#model.files);
    this.#model.generate(id, (files) => edits.forEach((each) => applied(files, each, id)));
    const changed = paths.filter((path) => before.get(path) !== this.#model.files.get(path));
    if (way === 'record') {
      for (const path of changed) await store.record(id, path);
      this.#write();
    } else {
      const sets = changed.map((path) => changesOf(path, before.get(path), this.#model.files.get(path)));
      for (const set of way === 'steps' ? sets : [sets.flat()]) await store.apply(id, set);
    }
    await store.commit(id);
  }

  async #rollBack({ picks, path, side }: Extract<Step, { kind: 'rollBack' }>): Promise<void> {
    const ids = this.#picked(picks);
    if (ids.length === 0) return;
    const selection = path === null ? {} : { files: [path] };
    const preview = await this.#open.preview(ids, selection);
    const result = await this.#open.rollBack(ids, { ...selection, onConflict: side });
    const conflicts = this.#model.rollBack(result.rollbackId ?? '', ids, path, side);
    if (result.rollbackId !== null) this.#rollbackIds.push(result.rollbackId);
    assert.deepEqual([...result.conflicts].sort(), conflicts.sort());
    if (ids.length === 1) {
      assert.deepEqual(preview.files.flatMap((file) => (file.conflict ? [file.path] : [])).sort(), conflicts);
    }
  }

  /** Generations that are known, each once. */
  #picked(picks: readonly number[]): string[] {
    const known = [...this.#model.generations.keys()];
    return known.length === 0 ? [] : [...new Set(picks.map((pick) => known[pick % known.length] ?? ''))];
  }

  /** Unlike lines lie between the changed ones, so that each of them is a hunk. */
  async #rollBackHunks({ picks, path, mask, side }: Extract<Step, { kind: 'hunks' }>): Promise<void> {
    const ids = this.#picked(picks);
    const slots = this.#model.changedSlots(ids, path);
    const positions = slots.map((_, index) => index).filter((index) => (mask >> index) % 2 === 1);
    if (positions.length === 0) return;
    const result = await this.#open.rollBack(ids, { hunks: { [path]: positions }, onConflict: side });
    const chosen = slots.filter((_, index) => positions.includes(index));
    const conflicts = this.#model.rollBackSlots(result.rollbackId ?? '', ids, path, chosen, side);
    if (result.rollbackId !== null) this.#rollbackIds.push(result.rollbackId);
    assert.deepEqual([...result.conflicts], conflicts);
  }

  async #redo({ pick, side }: Extract<Step, { kind: 'redo' }>): Promise<void> {
    const id = this.#rollbackIds[pick % Math.max(1, this.#rollbackIds.length)];
    if (id === undefined) return;
    const isListed = (await this.#open.list()).some(({ rollbacks }) => rollbacks.includes(id));
    if (!isListed) return this.#redoNothing(id);
    const { conflicts } = await this.#open.redo(id, { onConflict: side });
    assert.deepEqual([...conflicts].sort(), this.#model.redo(id, side).sort());
  }

  /** It was redone, or dropped with all of its generations: nothing may happen. */
  async #redoNothing(id: string): Promise<void> {
    const conflicts = await this.#open.redo(id, { onConflict: 'old' }).then(
      (result) => result.conflicts,
      (error: unknown) => (error instanceof CheckpointError && error.kind === 'unknown' ? [] : [inspect(error)]),
    );
    assert.deepEqual(conflicts, []);
  }

  async #drop(pick: number): Promise<void> {
    const known = [...this.#model.generations.keys()];
    const id = known[pick % Math.max(1, known.length)];
    if (id === undefined) return;
    await this.#open.drop([id]);
    this.#model.generations.delete(id);
    const listed = await this.#open.list();
    assert.deepEqual(
      listed.map((each) => each.id),
      [...this.#model.generations.keys()],
    );
  }

  #write(): void {
    for (const path of paths) {
      const file = this.#model.files.get(path);
      if (file === undefined) fs.rmSync(this.#disk.at(path), { force: true });
      else this.#disk.put(path, textOf(file), file.mode);
    }
  }

  #onDisk(): Record<string, string> {
    const files = Object.entries(this.#disk.snapshot()).filter(([, shown]) => shown !== 'folder');
    return Object.fromEntries(
      files.map(([path]) => [
        path,
        `${(fs.statSync(this.#disk.at(path)).mode & 0o777).toString(8)} ${this.#disk.text(path)}`,
      ]),
    );
  }
}

function applied(files: Map<string, ModelFile>, { path, kind, slot }: Edit, author: string): void {
  const file = files.get(path);
  if (kind === 'remove') {
    files.delete(path);
  } else if (file === undefined) {
    files.set(path, { mode: 0o644, slots: Array<string>(SLOTS).fill(author) });
  } else if (kind === 'mode') {
    files.set(path, { ...file, mode: file.mode === 0o644 ? 0o755 : 0o644 });
  } else {
    files.set(path, { ...file, slots: file.slots.with(slot, author) });
  }
}

function changesOf(path: string, before: ModelFile | undefined, after: ModelFile | undefined): FileChange[] {
  if (after === undefined) return before === undefined ? [] : [{ kind: 'delete', path }];
  return [{ kind: 'write', path, content: textOf(after), mode: after.mode }];
}

/** Unlike lines between the slots keep them apart, whatever is done to them. */
function textOf({ slots }: ModelFile): string {
  return slots.map((slot, index) => `${slot}\n${'abc'.replace(/./g, (mark) => `${mark}${String(index)}\n`)}`).join('');
}

function textsOf(files: ReadonlyMap<string, ModelFile>): Record<string, string> {
  const texts = [...files].map(([path, file]) => [path, `${file.mode.toString(8)} ${textOf(file)}`] as const);
  return Object.fromEntries(texts.sort(([a], [b]) => (a < b ? -1 : 1)));
}
