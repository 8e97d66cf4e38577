import { expect, test } from './workbench.ts';

const GREETER = `apiVersion: v1
kind: Service
metadata: { name: greeter, namespace: hello }
spec:
  selector: { app: greeter }
  ports: [{ port: 8000, targetPort: 9000 }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: greeter, namespace: hello }
spec:
  replicas: 2
  selector: { matchLabels: { app: greeter } }
  template:
    metadata: { labels: { app: greeter } }
    spec: { containers: [{ name: greeter, image: greeter, ports: [{ containerPort: 9000 }] }] }
---
apiVersion: v1
kind: Pod
metadata: { name: caller, namespace: hello }
spec: { containers: [{ name: caller, image: caller }] }
`;

test('a person pastes manifests, asks from a Pod, and reads which rule decided', async ({ workbench, page }) => {
  await workbench.open();
  await workbench.paste(GREETER);
  await workbench.ask('http://greeter:8000/', 'hello/caller');
  await expect(workbench.player.getByText(/200 from greeter-/)).toBeVisible();
  await expect(workbench.hops).toHaveCount(4);
  await page.getByRole('button', { name: /^2 Translate/ }).click();
  await expect(workbench.details.getByRole('heading', { level: 2 })).toContainText('kube-proxy');
  await expect(workbench.details.getByRole('table', { name: 'The packet before and after this hop' })).toContainText(':9000');
});

test('own manifests pasted over the example bring their own world: no old request, no old environment', async ({ workbench, page }) => {
  await workbench.open();
  await page.clock.runFor(3000);
  await workbench.paste(GREETER);
  await page.clock.runFor(2000);
  await expect(page.getByRole('tab', { name: 'scenario.yaml' })).toHaveCount(0);
  await expect(page.getByText('The example’s environment went with its manifests.')).toBeVisible();
  await expect(workbench.url).toHaveValue('http://greeter:8000/');
  await workbench.send.click();
  await expect(workbench.player.getByText(/200 from greeter-/)).toBeVisible();
});

test('a broken document is told with its place, and the others still answer', async ({ workbench }) => {
  await workbench.open();
  await workbench.paste(`${GREETER}---\nkind: Service\n  metadata: [\n`);
  await expect(workbench.problems.getByRole('listitem').first()).toContainText(/line|Line/);
  await workbench.ask('http://greeter:8000/', 'hello/caller');
  await expect(workbench.player.getByText(/200 from greeter-/)).toBeVisible();
});

test('a request that fails stops where it fails and says what curl prints', async ({ workbench, page }) => {
  await workbench.open();
  await workbench.paste(GREETER.replace('selector: { app: greeter }\n  ports', 'selector: { app: greter }\n  ports'));
  await workbench.ask('http://greeter:8000/', 'hello/caller');
  await page.clock.runFor(30_000);
  await expect(page.getByText(/curl: \(7\)/).first()).toBeVisible();
  await expect(workbench.problems).toContainText('greter');
});

test('a pasted part depends on assumptions, and flipping one changes the answer', async ({ workbench, page }) => {
  await workbench.open();
  await workbench.openExample('A part of a cluster');
  await expect(workbench.player.getByText(/if what is assumed holds/).first()).toBeVisible();
  await page.getByRole('tab', { name: 'Environment' }).click();
  await page
    .getByRole('radiogroup', { name: /docs\.example\.com/ })
    .first()
    .getByRole('radio', { name: 'no', exact: true })
    .click();
  await page.clock.runFor(2000);
  await expect(workbench.player.getByText('Name not found')).toBeVisible();
  await page.getByRole('tab', { name: /Manifests/ }).click();
  await expect(page.getByRole('tab', { name: 'scenario.yaml' })).toBeVisible();
  await page.getByRole('tab', { name: 'Environment' }).click();
  await page.getByRole('button', { name: 'Back to the default dns:docs.example.com' }).click();
  await page.clock.runFor(2000);
  await expect(page.getByRole('radiogroup', { name: /docs\.example\.com/ }).first()).toBeVisible();
});

test('a pasted curl command becomes the request', async ({ workbench, page }) => {
  await workbench.open();
  await workbench.url.click();
  await page.keyboard.press('ControlOrMeta+a');
  await workbench.url.evaluate((element) => {
    const data = new DataTransfer();
    data.setData('text/plain', "curl -X POST -H 'X-Debug: yes' https://shop.example.com/api/orders");
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  });
  await expect(workbench.url).toHaveValue('https://shop.example.com/api/orders');
  await expect(page.getByRole('combobox', { name: 'Method' })).toHaveValue('POST');
  await expect(page.getByRole('button', { name: /Headers/ })).toContainText('1');
});

test('the payload of a pasted Secret never enters the text', async ({ workbench, page }) => {
  await workbench.open();
  await workbench.paste('apiVersion: v1\nkind: Secret\nmetadata: { name: keys }\nstringData:\n  password: hunter2hunter2\n');
  await expect(page.getByText(/Secret/).first()).toBeVisible();
  await expect(page.locator('body')).not.toContainText('hunter2');
});

test('a click on a hop shows its lines, a click on a line shows its station', async ({ workbench, page }) => {
  await workbench.open();
  await page.clock.runFor(30_000);
  await page.getByRole('button', { name: /^4 Route/ }).click();
  await expect(workbench.details.getByRole('button', { name: /Line \d+/ }).first()).toBeVisible();
  for (const line of ['path: /api', 'path: /search']) {
    await workbench.text.getByText(line, { exact: false }).first().click();
    await page.clock.runFor(500);
    await expect(workbench.details).toContainText('Hop 4 of 5');
  }
});

test('printed output without manifests is not a cluster: the map says that a manifest is missing', async ({ workbench, page }) => {
  await workbench.open();
  await workbench.paste(GREETER);
  await workbench.settle();
  await workbench.paste('NAME   READY   STATUS    RESTARTS   AGE\nweb    1/1     Running   0          3m\n');
  await workbench.settle();
  await expect(page.getByText('No text here holds a manifest yet')).toBeVisible();
  await expect(page.getByText('Press Send to see the path')).toBeHidden();
});
