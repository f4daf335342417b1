// Loaded with `--import`: at its end the process tells what it took of the machine.
process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
  process.stderr.write(`usage: ${(userCPUTime + systemCPUTime) / 1e6} s, ${maxRSS / 1024} MB\n`)
})
