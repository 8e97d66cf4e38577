import type { WorkspaceFile } from '../../engine/index.ts';

/** The name itself when it is free, else `shop-2.yaml`, `shop-3.yaml`, … */
export function freeName(name: string, taken: readonly Pick<WorkspaceFile, 'name'>[]): string {
  const isTaken = (candidate: string) => taken.some((file) => file.name === candidate);
  if (!isTaken(name)) return name;
  const dot = name.lastIndexOf('.');
  const [stem, end] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  let number = 2;
  while (isTaken(`${stem}-${number}${end}`)) number += 1;
  return `${stem}-${number}${end}`;
}
