import { approximateModelTokens } from '../../core/modelTokens.ts';
import type { Attachment } from './chatAttachment.ts';
import { PICTURE_MODEL_TOKENS } from './pictureModelTokens.ts';

/** A chip of a text or a picture that was pasted. `data` is the text, or the picture as a data URI. */
export function pastedAttachment(id: string, kind: 'text' | 'image', data: string, label: string): Attachment {
  const modelTokens = kind === 'image' ? PICTURE_MODEL_TOKENS : approximateModelTokens(data);
  return { id, kind, label, modelTokens, uri: '', path: label, lines: null, content: data };
}
