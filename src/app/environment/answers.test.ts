import { expect, it } from 'vitest';
import { environment as words } from '../../catalogue/en/environment.ts';
import { learnWords } from '../../catalogue/page-words.ts';
import { renderText } from '../../catalogue/render.ts';
import { buildCluster, parseManifests, setScenarioField, type Workspace } from '../../engine/index.ts';
import { answersOf } from './answers.ts';

const environmentOf = (text: string) => buildCluster(parseManifests([{ name: 'scenario.yaml', text }])).environment;

const TEXT = `apiVersion: podpath.dev/v1
kind: Scenario
metadata:
  name: scenario
spec:
  environment:
    cloud: gcp
    assume:
      dns:docs.example.com: false
    pods:
      shop/api-*:
        tls: true
`;

learnWords(words);

it('an answer that was given is listed, and taking its field away gives the default back', () => {
  const answers = answersOf(environmentOf(TEXT));
  expect(answers.map(({ about, value }) => `${about}: ${renderText(value)}`)).toEqual(['dns:docs.example.com: no', 'shop/api-*: tls: true']);
  let workspace: Workspace = [{ name: 'scenario.yaml', text: TEXT }];
  for (const { path } of answers) workspace = setScenarioField(workspace, path, undefined);
  expect(answersOf(environmentOf(workspace[0]!.text))).toEqual([]);
});
