import { Uri, type ExtensionContext } from 'vscode';

/** Where this workspace's chats and checkpoints are; windows without a folder share a place. */
export function chatStorage({ storageUri, globalStorageUri }: ExtensionContext): Uri {
  return storageUri ?? Uri.joinPath(globalStorageUri, 'no-folder');
}
