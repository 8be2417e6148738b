import * as vscode from 'vscode';
import type { ModelsBody } from '../../protocol/api.ts';
import { settings } from '../contributions.ts';

/**
 * The model that new messages go to: the one of the settings if it is offered, else the first; undefined if none is.
 */
export function currentModel(models: ModelsBody['data']): ModelsBody['data'][number] | undefined {
  const wanted = vscode.workspace.getConfiguration().get(settings.defaultModel, '');
  return models.find(({ id }) => id === wanted) ?? models[0];
}
