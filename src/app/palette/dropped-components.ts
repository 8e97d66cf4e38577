/** The map takes components that are dragged onto it, as long as the palette is open; on a box, what it stands for is joined. */
import { place } from '../store/build-actions.ts';
import { useStore } from '../store/store.ts';

/** What a component is called on its way to the map. */
export const COMPONENT_TYPE = 'application/x-podpath-component';

const isOnMap = (event: DragEvent) => event.target instanceof Element && event.target.closest('main') !== null;

function allow(event: DragEvent): void {
  if (event.dataTransfer?.types.includes(COMPONENT_TYPE) && isOnMap(event)) event.preventDefault();
}

function take(event: DragEvent): void {
  const component = event.dataTransfer?.getData(COMPONENT_TYPE) ?? '';
  if (component === '' || !isOnMap(event)) return;
  event.preventDefault();
  const id = (event.target as Element).closest<HTMLElement>('.react-flow__node')?.dataset['id'];
  const box = useStore.getState().analysis?.scene?.boxes.find((other) => other.id === id);
  void place(component, box?.object ?? null);
}

/** Gives back how to stop. */
export function takeDroppedComponents(): () => void {
  document.addEventListener('dragover', allow);
  document.addEventListener('drop', take);
  return () => {
    document.removeEventListener('dragover', allow);
    document.removeEventListener('drop', take);
  };
}
