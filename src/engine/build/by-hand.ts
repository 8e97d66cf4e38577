/** What tests of building by hand say in few words: a workspace that actions change one after the other. */
import { renderText } from '../../catalogue/render.ts';
import type { ObjectRef } from '../manifests/object-ref.ts';
import type { Workspace } from '../manifests/workspace.ts';
import { build, type BuildAction, type Built } from './build.ts';
import { surveySite } from './site.ts';

export const FILE = 'manifests.yaml';

export function ref(kind: string, name: string, namespace = 'default'): ObjectRef {
  return { kind, namespace, name };
}

export class ByHand {
  workspace: Workspace;
  last: Built | null = null;

  constructor(text = '', scenario?: string) {
    this.workspace = [{ name: FILE, text }, ...(scenario === undefined ? [] : [{ name: 'scenario.yaml', text: scenario }])];
  }

  do(action: BuildAction): this {
    this.last = build(this.workspace, action);
    if ('refused' in this.last) throw new Error(renderText(this.last.refused));
    this.workspace = this.last.workspace;
    return this;
  }

  add(component: string, onto: ObjectRef | null = null): this {
    return this.do({ kind: 'add', component, file: FILE, onto, beside: null });
  }

  connect(from: ObjectRef, to: ObjectRef): this {
    return this.do({ kind: 'connect', from, to });
  }

  /** Why an action is refused. */
  refusal(action: BuildAction): string {
    const built = build(this.workspace, action);
    return 'refused' in built ? renderText(built.refused) : '';
  }

  /** What the last action said. */
  get said(): string {
    return this.last !== null && 'said' in this.last ? renderText(this.last.said) : '';
  }

  get text(): string {
    return this.textOf(FILE);
  }

  textOf(file: string): string {
    return this.workspace.find(({ name }) => name === file)?.text ?? '';
  }

  /** Everything that is wrong with the texts, in words. */
  get complaints(): readonly string[] {
    const { cluster } = surveySite(this.workspace);
    const findings = cluster.findings.filter(({ severity }) => severity === 'error').map(({ message }) => renderText(message));
    return [...cluster.rejections.map(({ message }) => renderText(message)), ...findings];
  }
}
