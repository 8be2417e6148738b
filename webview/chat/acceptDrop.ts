/** Lets files, folders and pictures be dropped here: what does not say so beforehand gets no drop. */
export function acceptDrop(event: DragEvent): void {
  const { types = [], items = [] } = event.dataTransfer ?? {};
  const hasPlaces = LISTS.some((list) => types.includes(list));
  const hasPicture = [...items].some(({ kind, type }) => kind === 'file' && type.startsWith('image/'));
  if (hasPlaces || hasPicture) event.preventDefault();
}

/** VS Code's own list of what is dragged, and the one that every program gives. */
const LISTS = ['application/vnd.code.uri-list', 'text/uri-list'];
