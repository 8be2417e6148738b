import type { Disposable } from 'vscode';
import type { BackendConnection } from '../backend/backendConnection.ts';

/** Calls back each time the line to the backend stands again. */
export function oncePerConnection(connection: BackendConnection, ready: () => void): Disposable {
  let was = connection.state.kind;
  if (was === 'ready') ready();
  return connection.onDidChange(() => {
    const is = connection.state.kind;
    if (is === 'ready' && was !== 'ready') ready();
    was = is;
  });
}
