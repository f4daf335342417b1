import { expect, it } from '@jest/globals'
import { openListener } from '../../../server/listener.ts'

it('keeps an idle connection longer than any proxy does', async () => {
  const listener = await openListener({ host: '127.0.0.1', port: 0, callMs: 1_000 })
  listener.serve((_request, response) => response.end())
  try {
    const response = await fetch(listener.url)

    expect(response.headers.get('keep-alive')).toBe('timeout=620')
  } finally {
    listener.close()
  }
})
