import type * as vscode from 'vscode';
import type { BackendClient } from '../backend/backendClient.ts';
import type { BackendConnection } from '../backend/backendConnection.ts';
import type { WorkspaceAccess } from '../chat/tools/toolFiles.ts';
import { projectFile } from './projectFile.ts';

/** The workspace's folders as projects: each has a stable id, and the backend knows those that the model worked for. */
export class Projects {
  readonly #parts: ProjectParts;
  /** Those that the backend was told the name of, by account. */
  readonly #registered = new Set<string>();

  constructor(parts: ProjectParts) {
    this.#parts = parts;
  }

  /** A folder's project, with its id in the folder's `.tokenfare/project.json`, which is made where there is none. */
  async written(folder: vscode.Uri): Promise<Project> {
    const { kept, newId } = this.#parts;
    const known = await projectFile.read(folder);
    if (known !== null) return { id: known, name: nameOf(folder) };
    const id = kept.get<string>(keyOf(folder)) ?? newId();
    await projectFile.write(folder, id);
    return { id, name: nameOf(folder) };
  }

  /**
   * The id of the project that a message to the model is for, which registers itself by that. It stands in the folder
   * where other computers need to know it, or already know it. Otherwise, where nothing may be written, or where a
   * budget of one's own counts no projects, it is kept beside the workspace: rolling back leaves a folder as it was.
   * Rejects if the folder's project file is broken.
   */
  async ofMessage(folder: vscode.Uri, access: WorkspaceAccess): Promise<string> {
    const { connection, isShared } = this.#parts;
    const isWritten = isShared && access === 'open' && connection.account?.setsOwnBudget !== true;
    const project = isWritten ? await this.written(folder) : await this.#beside(folder);
    void this.#register(project);
    return project.id;
  }

  /** Moves the plan's one project to a folder's. Rejects with a BackendRefusal if it was moved too often. */
  async moveTo(folder: vscode.Uri): Promise<void> {
    const { id } = await this.#beside(folder);
    await this.#parts.client.activateProject(id);
  }

  async #beside(folder: vscode.Uri): Promise<Project> {
    const { kept, newId } = this.#parts;
    const known = (await projectFile.read(folder)) ?? kept.get<string>(keyOf(folder));
    const id = known ?? newId();
    if (known === undefined) await kept.update(keyOf(folder), id);
    return { id, name: nameOf(folder) };
  }

  /** Gives it its name, once in a window; the id alone registers itself by the call. */
  async #register({ id, name }: Project): Promise<void> {
    const { connection, client } = this.#parts;
    const key = `${connection.account?.account.id ?? ''} ${id}`;
    if (this.#registered.has(key)) return;
    this.#registered.add(key);
    // Without a name it is listed by its id; the next message tries again.
    await client.registerProject({ id, name }).catch(() => this.#registered.delete(key));
  }
}

export interface ProjectParts {
  readonly connection: Pick<BackendConnection, 'account'>;
  readonly client: Pick<BackendClient, 'registerProject' | 'activateProject'>;
  /** The backend serves several computers, on which a folder is the same project. */
  readonly isShared: boolean;
  /** What is remembered of this workspace. */
  readonly kept: vscode.Memento;
  readonly newId: () => string;
}

export interface Project {
  readonly id: string;
  readonly name: string;
}

function keyOf(folder: vscode.Uri): string {
  return `project:${folder.toString()}`;
}

function nameOf(folder: vscode.Uri): string {
  return folder.path.split('/').findLast((each) => each !== '') ?? 'App';
}
