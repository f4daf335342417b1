import { readdir, readFile } from 'node:fs/promises'
import { constants, monitorEventLoopDelay, PerformanceObserver } from 'node:perf_hooks'
import { Counter, Gauge, Histogram, type Registry } from 'prom-client'
import { OTHER } from './labels.ts'

/** In milliseconds: how often the event loop is looked at. */
const RESOLUTION_MS = 10
const NS_PER_SECOND = 1e9
const US_PER_SECOND = 1e6

const GC_KINDS: Readonly<Record<number, string>> = {
  [constants.NODE_PERFORMANCE_GC_MAJOR]: 'major',
  [constants.NODE_PERFORMANCE_GC_MINOR]: 'minor',
  [constants.NODE_PERFORMANCE_GC_INCREMENTAL]: 'incremental',
  [constants.NODE_PERFORMANCE_GC_WEAKCB]: 'weakcb',
}

/**
 * Shows the process: processor, memory, files, garbage collection, and how late the event loop is.
 * The names are those that dashboards for Node know; prom-client's own set of them cannot be stopped.
 *
 * @returns stops watching
 */
export function watchProcess(registry: Registry): () => void {
  const registers = [registry]
  addUsage(registers)
  addFiles(registers)
  const stopDelay = watchEventLoop(registers)
  const stopCollections = watchCollections(registers)
  return () => {
    stopDelay()
    stopCollections()
  }
}

/** A gauge that is asked for when somebody looks. */
function addGauge(registers: Registry[], name: string, help: string, read: () => number): void {
  new Gauge({
    name,
    help,
    registers,
    collect() {
      this.set(read())
    },
  })
}

function addUsage(registers: Registry[]): void {
  const addCpu = (name: string, help: string, read: (usage: NodeJS.CpuUsage) => number) =>
    new Counter({
      name,
      help,
      registers,
      collect() {
        this.reset()
        this.inc(read(process.cpuUsage()) / US_PER_SECOND)
      },
    })
  addCpu(
    'process_cpu_user_seconds_total',
    'Processor time spent in the program.',
    ({ user }) => user,
  )
  addCpu(
    'process_cpu_system_seconds_total',
    'Processor time spent in the system.',
    ({ system }) => system,
  )
  addCpu('process_cpu_seconds_total', 'Processor time spent.', ({ user, system }) => user + system)
  addGauge(registers, 'process_start_time_seconds', 'When it started, since the epoch.', () =>
    Math.round(performance.timeOrigin / 1000),
  )
  addGauge(registers, 'process_resident_memory_bytes', 'Memory in use.', () =>
    process.memoryUsage.rss(),
  )
  addGauge(registers, 'nodejs_heap_size_total_bytes', 'Heap that V8 has.', () => {
    return process.memoryUsage().heapTotal
  })
  addGauge(registers, 'nodejs_heap_size_used_bytes', 'Heap in use.', () => {
    return process.memoryUsage().heapUsed
  })
  addGauge(
    registers,
    'nodejs_external_memory_bytes',
    'Buffers and the like outside the heap.',
    () => {
      return process.memoryUsage().external
    },
  )
}

/** Linux only; elsewhere the two have no value. */
function addFiles(registers: Registry[]): void {
  new Gauge({
    name: 'process_open_fds',
    help: 'Files and sockets that are open.',
    registers,
    async collect() {
      const open = await readdir('/proc/self/fd').catch(() => null)
      if (open === null) this.remove()
      else this.set(open.length)
    },
  })
  new Gauge({
    name: 'process_max_fds',
    help: 'Files and sockets that may be open.',
    registers,
    async collect() {
      const limits = await readFile('/proc/self/limits', 'utf8').catch(() => '')
      const most = /^Max open files\s+(\d+)/m.exec(limits)?.[1]
      if (most === undefined) this.remove()
      else this.set(Number(most))
    },
  })
}

function watchEventLoop(registers: Registry[]): () => void {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  delay.enable()
  const figures = [
    ['mean', 'mean', () => delay.mean],
    ['max', 'worst', () => delay.max],
    ['p50', 'median', () => delay.percentile(50)],
    ['p90', '90th percentile', () => delay.percentile(90)],
  ] as const
  const toSeconds = (ns: number) => (Number.isFinite(ns) ? ns / NS_PER_SECOND : 0)
  for (const [name, what, read] of figures) {
    const help = `How late the event loop was since the last scrape: ${what}.`
    addGauge(registers, `nodejs_eventloop_lag_${name}_seconds`, help, () => toSeconds(read()))
  }
  // The registry asks in the order of registration: the last one begins the next span of time.
  addGauge(
    registers,
    'nodejs_eventloop_lag_p99_seconds',
    'How late the event loop was since the last scrape: 99th percentile.',
    () => {
      const late = toSeconds(delay.percentile(99))
      delay.reset()
      return late
    },
  )
  return () => void delay.disable()
}

function watchCollections(registers: Registry[]): () => void {
  const seconds = new Histogram({
    name: 'nodejs_gc_duration_seconds',
    help: 'Pauses for garbage collection.',
    labelNames: ['kind'],
    buckets: [0.001, 0.01, 0.1, 1],
    registers,
  })
  for (const kind of Object.values(GC_KINDS)) seconds.zero({ kind })
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      seconds.observe({ kind: kindOf(entry) }, entry.duration / 1000)
    }
  })
  observer.observe({ entryTypes: ['gc'] })
  return () => observer.disconnect()
}

function kindOf(entry: object): string {
  const detail = 'detail' in entry ? entry.detail : null
  const isKnown = typeof detail === 'object' && detail !== null && 'kind' in detail
  return (isKnown ? GC_KINDS[Number(detail.kind)] : undefined) ?? OTHER
}
