/**
 * Takes frames out of a stream by the length in bytes before each (RFC 6587, section 3.4.1: MSG-LEN
 * begins with a digit other than zero and ends with one space).
 *
 * @returns takes the next piece and gives the messages that are complete with it; throws for a
 *   stream that is none
 */
export function createFrameReader(): (chunk: Buffer) => readonly Buffer[] {
  let held = Buffer.alloc(0)
  return (chunk) => {
    held = Buffer.concat([held, chunk])
    const frames: Buffer[] = []
    for (;;) {
      const head = held.subarray(0, 8).toString('latin1')
      const [counted, length = ''] = /^([1-9]\d{0,6}) /.exec(head) ?? []
      if (counted === undefined) {
        if (!/^(?:[1-9]\d{0,6})?$/.test(head)) throw new Error(`no frame: ${head}`)
        return frames
      }
      const end = counted.length + Number(length)
      if (held.length < end) return frames
      frames.push(held.subarray(counted.length, end))
      held = held.subarray(end)
    }
  }
}
