// `npm start`: build, serve, print the address, open a browser if this machine has one.
import process from 'node:process';
import { build, preview } from 'vite';

await build({ logLevel: 'warn' });
const hasBrowser = !process.env.CI && (process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY));
const server = await preview({ preview: { open: hasBrowser, host: 'localhost', port: Number(process.env.PORT ?? 4173) } });
console.log('\nPodpath is running. Open this address; stop with Ctrl+C:\n');
server.printUrls();
