import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { findProgram, start } from './programs.ts'
import { isListening } from './redis-server.ts'

const STEP_MS = 20

/** A proxy that hands requests to the instances in turn. */
export type Nginx = {
  readonly url: string
  readonly port: number
  readonly pid: number
  readonly stop: () => Promise<void>
}

/** Starts it. @throws {Error} that says what is missing */
export async function startNginx(
  folder: string,
  port: number,
  instances: readonly number[],
): Promise<Nginx> {
  const program = findProgram('nginx', 'nginx-light')
  const home = join(folder, `nginx-${port}`)
  mkdirSync(home)
  const file = join(home, 'nginx.conf')
  writeFileSync(file, renderConfig(home, port, instances))
  const child = start(program, ['-p', home, '-c', file, '-e', join(home, 'error.log')])
  while (!(await isListening(port))) {
    if (child.exitCode !== null) throw new Error(`nginx has ended: see ${home}`)
    await sleep(STEP_MS)
  }
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    pid: child.pid ?? 0,
    async stop() {
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    },
  }
}

/**
 * No sticky sessions. A request that reached no instance goes to the next one; a POST that was sent
 * is not sent again (nginx' default): its client is told 502, and what it did is done once.
 *
 * Every connection is another address to the instances, for there are as many clients as that, and
 * limits by address are not what is tried here.
 */
function renderConfig(home: string, port: number, instances: readonly number[]): string {
  const servers = instances.map((each) => `server 127.0.0.1:${each} max_fails=1 fail_timeout=1s;`)
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${home}/${name};`,
  )
  return `
daemon off;
worker_processes 1;
pid ${home}/nginx.pid;
error_log ${home}/error.log;
events { worker_connections 1024; }
http {
  access_log off;
  ${temporary.join('\n  ')}
  upstream connector {
    ${servers.join('\n    ')}
    keepalive 64;
  }
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://connector;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For 2001:db8:$connection::1;
      proxy_connect_timeout 1s;
      proxy_read_timeout 30s;
      proxy_next_upstream error timeout;
    }
  }
}
`
}
