import { PassThrough, Readable } from 'node:stream'
import { describe, expect, it } from '@jest/globals'
import { createAskSecrets } from '../../../server/admin/ask-secrets.ts'

/** A terminal: what is typed, and whether it would be echoed. */
function startTerminal() {
  const modes: boolean[] = []
  const input = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: (isRaw: boolean) => void modes.push(isRaw),
  })
  return { input, modes }
}

function ask(input: Parameters<typeof createAskSecrets>[0]['input'], labels: readonly string[]) {
  const prompts: string[] = []
  const askSecrets = createAskSecrets({ input, prompt: (text) => void prompts.push(text) })
  return { answers: askSecrets(labels), prompts }
}

describe('createAskSecrets', () => {
  it('asks on a terminal, without an echo, and gives the terminal back', async () => {
    const { input, modes } = startTerminal()
    const { answers, prompts } = ask(input, ['API key', 'API secret'])

    input.write('one\r')
    input.write('two\r')

    expect(await answers).toEqual(['one', 'two'])
    expect(prompts.join('')).toBe('API key: \nAPI secret: \n')
    expect(modes).toEqual([true, false])
  })

  it('reads lines where there is no terminal, and asks nothing', async () => {
    const { answers, prompts } = ask(Readable.from(['one\ntw', 'o\r\nthree\n']), ['a', 'b'])

    expect(await answers).toEqual(['one', 'two'])
    expect(prompts).toEqual([])
  })

  it('keeps what is typed as it is, spaces too', async () => {
    const { answers } = ask(Readable.from(['  pass word \n']), ['Password'])

    expect(await answers).toEqual(['  pass word '])
  })

  it.each([
    ['the input ends', () => Readable.from(['one\n'])],
    [
      'Ctrl-C is pressed',
      () => {
        const { input } = startTerminal()
        input.write('one\rtw\u0003')
        return input
      },
    ],
  ])('refuses where %s before the last value', async (_case, start) => {
    const { answers } = ask(start(), ['a', 'b'])

    await expect(answers).rejects.toThrow('no value for "b": nothing was changed')
  })
})
