// Copying, for browsers that run scripts; the value can be selected by hand without it.

const SHOWN_MS = 2000

for (const button of document.querySelectorAll('[data-copy]')) {
  const label = [...button.childNodes]
  button.hidden = false
  button.addEventListener('click', async () => {
    const field = document.getElementById(button.dataset.copy)
    try {
      await navigator.clipboard.writeText(field.value)
      button.textContent = 'Copied'
    } catch {
      field.select()
      button.textContent = 'Press Ctrl+C'
    }
    setTimeout(() => button.replaceChildren(...label), SHOWN_MS)
  })
}
