import { openCheckpointStore } from '../../src/extension/node/checkpointStore.ts';
import { crashScenes } from '../unit/extension/checkpoints/crashScenes.ts';
import { failingFrom } from '../unit/extension/checkpoints/failingFileSystem.ts';

/** A process that ends itself at one file-system call of an operation: `DIR ROOT SCENE GIVEN CALL`. */
const [dir = '', root = '', scene = '', given = '', call = ''] = process.argv.slice(2);

const dying = failingFrom(false, () => {
  process.kill(process.pid, 'SIGKILL');
  throw new Error('still alive');
});
const store = await openCheckpointStore(dir, root, { fs: dying.fs });
dying.arm(Number(call));
await crashScenes[scene]?.operate(store, given);
