import { execFileSync } from 'node:child_process';
import { accessSync, chmodSync, constants, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A folder with one file in which not even this process can write, and the way to take it away. */
export function readOnlyFolder(): { folder: string; file: string; remove: () => void } {
  const file = 'note.txt';
  for (const way of ways) {
    const folder = mkdtempSync(path.join(tmpdir(), 'tokenfare-read-only-'));
    const undo = way(folder, () => {
      writeFileSync(path.join(folder, file), 'read only\n');
    });
    if (undo === null) continue;
    const remove = (): void => {
      undo();
      rmSync(folder, { recursive: true, force: true });
    };
    if (!isWritable(folder)) return { folder, file, remove };
    remove();
  }
  throw new Error('This machine has no way to make a folder read-only: not by mode, not by mount, not by attribute.');
}

type Way = (folder: string, fill: () => void) => (() => void) | null;

/** Modes do not bind root; a mount or an attribute does, where root may set them. */
const ways: readonly Way[] = [
  (folder, fill) => {
    fill();
    chmodSync(folder, 0o555);
    return () => {
      chmodSync(folder, 0o755);
    };
  },
  (folder, fill) => {
    if (!succeeds('mount', ['-t', 'tmpfs', 'none', folder])) return null;
    fill();
    succeeds('mount', ['-o', 'remount,ro', folder]);
    return () => {
      succeeds('umount', ['--lazy', folder]);
    };
  },
  (folder, fill) => {
    fill();
    if (!succeeds('chattr', ['+i', folder])) return null;
    return () => {
      succeeds('chattr', ['-i', folder]);
    };
  },
];

function succeeds(program: string, args: string[]): boolean {
  try {
    execFileSync(program, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
