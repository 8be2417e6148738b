import type { ObjectExpression } from '@babel/types';
import type { FileModel } from './fileModel.ts';
import { stylesIn } from './readStyleObject.ts';
import { parseSelector } from './selector.ts';

/** Reads const Tag = styled.span({ … }): a rule of its own, written as an object of the script. */
export function readStyledObject(
  model: FileModel,
  node: ObjectExpression,
  component: { name: string; tag: string },
): void {
  const styles = stylesIn(model, node);
  const label = `.${component.name}`;
  model.rules.push({
    path: model.path,
    selectors: [parseSelector(label)],
    label,
    conditions: [],
    declarations: styles.declarations,
    order: model.rules.length,
    start: node.start ?? 0,
    end: node.end ?? 0,
    insertion: styles.insertion,
    applies: [],
    takes: [],
    component: component.name,
    componentTag: component.tag,
    scoped: true,
    layer: '',
  });
}
