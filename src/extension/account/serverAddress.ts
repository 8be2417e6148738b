import * as vscode from 'vscode';
import { settings } from '../contributions.ts';

/** The address of the server that the person set; empty where the backend on this machine is used. */
export function serverAddress(): string {
  return vscode.workspace.getConfiguration().get(settings.serverUrl, '').trim();
}
