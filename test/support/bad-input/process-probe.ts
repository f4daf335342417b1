/**
 * Loaded into a server's process before the server (`--import`): at `SIGUSR2` it writes to standard
 * error what the process holds once everything that nobody needs is collected.
 */
process.on('SIGUSR2', () => {
  const { gc } = globalThis
  if (gc === undefined) throw new Error('start it with --expose-gc')
  gc()
  // What the first round finalizes, the second one frees.
  setImmediate(() => {
    gc()
    const { heapUsed, external } = process.memoryUsage()
    const sockets = process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap')
    const probe = { event: 'probe', heldBytes: heapUsed + external, sockets: sockets.length }
    process.stderr.write(`${JSON.stringify(probe)}\n`)
  })
})
