const SHOWN_MS = 2000

/** Gives a block of code a button that copies it. */
export function offerCopying(block) {
  if (navigator.clipboard === undefined) return
  const frame = document.createElement('div')
  frame.className = 'copied'
  const button = document.createElement('button')
  button.type = 'button'
  button.textContent = 'Copy'
  button.addEventListener('click', async () => {
    const isDone = await copy(block.textContent)
    button.textContent = isDone ? 'Copied' : 'Not allowed'
    setTimeout(() => (button.textContent = 'Copy'), SHOWN_MS)
  })
  block.before(frame)
  frame.append(block, button)
}

/** Browsers ask people, or refuse it without asking. */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text.trimEnd())
    return true
  } catch {
    return false
  }
}
