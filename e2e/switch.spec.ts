import { bringAxe, violations } from './audit.ts';
import { expect, test, type Workbench } from './workbench.ts';

const MANIFESTS = `apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: { name: nginx }
spec: { controller: k8s.io/ingress-nginx }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: shop
  annotations: { nginx.ingress.kubernetes.io/proxy-body-size: 8m }
spec:
  ingressClassName: nginx
  rules:
    - host: shop.example.com
      http:
        paths:
          - { path: /api, pathType: Prefix, backend: { service: { name: api, port: { number: 80 } } } }
          - { path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }
---
apiVersion: v1
kind: Service
metadata: { name: api }
spec: { selector: { app: api }, ports: [{ port: 80 }] }
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
`;

const routed = ({ hops }: Workbench) => hops.filter({ hasText: 'Route' });

/** Sends a request to `/apix` and stands at the controller's station, with the other controllers open. */
async function openOthers(workbench: Workbench): Promise<void> {
  const { page } = workbench;
  await workbench.open();
  await page.clock.runFor(3000);
  await workbench.paste(MANIFESTS);
  await workbench.settle();
  await workbench.ask('http://shop.example.com/apix');
  await workbench.settle();
  await routed(workbench).getByRole('button').click();
  await workbench.details.getByRole('button', { name: 'Through another controller…' }).click();
  await workbench.settle();
}

test('the station of a controller says what differs through another one, switches in place, and undo returns', async ({ workbench, page }) => {
  await openOthers(workbench);
  const rows = workbench.details.getByRole('listitem').filter({ has: page.getByRole('heading', { level: 4 }) });
  const traefik = rows.filter({ hasText: 'traefik' });
  await expect(traefik).toContainText('The request reaches default/api instead of default/web.');
  await expect(traefik).toContainText('It matches too, but Traefik tries /api first.');
  await expect(traefik).toContainText('Traefik does not read nginx.ingress.kubernetes.io/proxy-body-size: only ingress-nginx does.');
  await expect(rows.filter({ hasText: 'contour' })).toContainText('The answer is the same.');

  await traefik.getByRole('button', { name: 'Switch to traefik' }).press('Enter');
  await workbench.settle();
  await expect(traefik.getByRole('button', { name: 'Runs here' })).toBeFocused();
  await expect(workbench.details).toContainText('Traefik run here instead of ingress-nginx');
  await expect(routed(workbench)).toContainText('/api → api');
  await expect(page.getByRole('tab', { name: 'scenario.yaml' })).toBeVisible();

  await page.getByRole('button', { name: 'Undo', exact: true }).first().click();
  await workbench.settle();
  await expect(page.getByRole('tab', { name: 'scenario.yaml' })).toHaveCount(0);
  await expect(routed(workbench)).toContainText('/ → web');
});

test('each running controller has its implementation in the environment, and the first one leaves no trace when it is back', async ({ workbench, page }) => {
  await openOthers(workbench);
  await page.getByRole('tab', { name: 'Environment' }).click();
  const choice = page.getByRole('combobox', { name: /^Implementation of/ });
  await expect(choice).toHaveValue('ingress-nginx');
  await choice.selectOption('haproxy');
  await workbench.settle();
  await expect(choice).toHaveValue('haproxy');
  await expect(page.getByText('instead of ingress-nginx · for class nginx')).toBeVisible();
  await choice.selectOption('ingress-nginx');
  await workbench.settle();
  await page.getByRole('tab', { name: /Manifests/ }).click();
  await page.getByRole('tab', { name: 'scenario.yaml' }).click();
  await expect(workbench.text).not.toContainText('controllers');
});

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing on the other controllers, ${theme}`, async ({ workbench, page }) => {
    await bringAxe(page);
    await page.emulateMedia({ colorScheme: theme });
    await openOthers(workbench);
    await page.getByRole('tab', { name: 'Environment' }).click();
    await expect(page.getByRole('combobox', { name: /^Implementation of/ })).toBeVisible();
    expect(await violations(page)).toEqual([]);
  });
}
