import { commands } from 'vscode';

/** Sets context keys, each only when its value is another one: it is asked at every key that is typed. */
export function contextKeySetter(): (key: string, value: boolean) => void {
  const values = new Map<string, boolean>();
  return (key, value) => {
    if (values.get(key) === value) return;
    values.set(key, value);
    void commands.executeCommand('setContext', key, value);
  };
}
