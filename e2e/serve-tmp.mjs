// Serves the build from /some/folder/, as plain as any static host.
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
  '.txt': 'text/plain',
};
const PREFIX = '/some/folder/';

createServer((request, response) => {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  const relative = path.posix.normalize(pathname.startsWith(PREFIX) ? pathname.slice(PREFIX.length) || 'index.html' : '404.html');
  const wanted = path.join('dist', relative);
  const found = !relative.startsWith('..') && existsSync(wanted) && statSync(wanted).isFile();
  const file = found ? wanted : 'dist/404.html';
  response.writeHead(found ? 200 : 404, { 'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream' });
  createReadStream(file).pipe(response);
}).listen(4283);
