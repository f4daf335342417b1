import { cpus, loadavg, totalmem } from 'node:os'

const GIGABYTE = 1024 ** 3

/** What figures were measured on. */
export type ThisMachine = {
  readonly processor: string
  readonly cores: number
  readonly memoryGigabytes: number
  readonly system: string
  readonly node: string
  /** Of the last minute, before anything was started; others were at work where it is not near 0. */
  readonly loadBefore: number
}

/** Describes this machine as it is now. */
export function describeMachine(): ThisMachine {
  const all = cpus()
  return {
    processor: all[0]?.model.trim() ?? 'unknown',
    cores: all.length,
    memoryGigabytes: Math.round(totalmem() / GIGABYTE),
    system: `${process.platform} ${process.arch}`,
    node: process.version,
    loadBefore: Number((loadavg()[0] ?? 0).toFixed(2)),
  }
}

/** Renders it in one line. */
export function renderMachine(machine: ThisMachine): string {
  const { processor, cores, memoryGigabytes, system, node, loadBefore } = machine
  return `${processor}, ${cores} cores, ${memoryGigabytes} GB, ${system}, Node ${node}, load ${loadBefore} before`
}
