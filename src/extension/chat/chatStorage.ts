import { Uri, type ExtensionContext } from 'vscode';
import { sharedFolder } from './sharedFolder.ts';

/** Where this workspace's chats and checkpoints are, for all its windows; those without a folder share a place. */
export function chatStorage({ storageUri, globalStorageUri }: ExtensionContext): Uri {
  return storageUri?.with({ path: sharedFolder(storageUri.path) }) ?? Uri.joinPath(globalStorageUri, 'no-folder');
}
