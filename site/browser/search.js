const MAX_FOUND = 12

/** Shows what is found while somebody types; without it the form leads to a plain list. */
export function offerSearch(form) {
  const field = form.querySelector('input')
  const panel = createPanel()
  let searcher = null
  const load = () => (searcher ??= loadSearcher(form.dataset.index))

  const show = async () => {
    const wish = field.value.trim()
    if (wish === '') return void (panel.root.hidden = true)
    let found
    try {
      found = (await load()).search(wish)
    } catch {
      searcher = null
      return
    }
    if (field.value.trim() !== wish) return
    panel.fill(wish, found, new URL(form.dataset.home, document.baseURI))
  }

  form.after(panel.root)
  field.addEventListener('focus', () => void load().catch(() => (searcher = null)))
  field.addEventListener('input', () => void show())
  field.addEventListener('keydown', (event) => {
    const [first] = panel.links()
    if (event.key !== 'ArrowDown' || first === undefined) return
    event.preventDefault()
    first.focus()
  })
  panel.root.addEventListener('keydown', (event) => panel.move(event, field))
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !panel.root.hidden) {
      panel.root.hidden = true
      field.focus()
    }
    if (event.key === '/' && !isTyping(event)) {
      event.preventDefault()
      field.focus()
    }
  })
  document.addEventListener('click', (event) => {
    if (!form.parentElement.contains(event.target)) panel.root.hidden = true
  })

  const asked = new URLSearchParams(location.search).get('q')
  if (asked !== null && asked !== '') {
    field.value = asked
    void show()
  }
}

/** The library and the index come when they are wanted, and only then. */
async function loadSearcher(indexUrl) {
  const [{ default: MiniSearch }, { options, index }] = await Promise.all([
    import('./minisearch.js'),
    fetch(indexUrl).then((answer) => answer.json()),
  ])
  return MiniSearch.loadJS(index, options)
}

function isTyping({ target, altKey, ctrlKey, metaKey }) {
  return (
    altKey || ctrlKey || metaKey || target.matches('input, textarea, select, [contenteditable]')
  )
}

function createPanel() {
  const root = document.createElement('section')
  root.className = 'found'
  root.setAttribute('aria-label', 'Search results')
  root.hidden = true
  const status = document.createElement('p')
  status.setAttribute('role', 'status')
  const list = document.createElement('ol')
  root.append(status, list)
  const links = () => (root.hidden ? [] : [...list.querySelectorAll('a')])

  return {
    root,
    links,
    fill(wish, found, home) {
      const shown = found.slice(0, MAX_FOUND)
      list.replaceChildren(...shown.map((each) => createEntry(each, home)))
      // First visible, then filled: only so is it read out.
      root.hidden = false
      status.textContent = describe(found.length, shown.length, wish)
    },
    move(event, field) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
      const all = links()
      const at = all.indexOf(document.activeElement)
      if (step === undefined || at === -1) return
      event.preventDefault()
      ;(all[at + step] ?? (step === -1 ? field : all[at])).focus()
    },
  }
}

function describe(count, shown, wish) {
  if (count === 0) return `Nothing found for “${wish}”`
  const places = count === 1 ? '1 place' : `${count} places`
  return shown < count ? `${places} found, the best ${shown}:` : `${places} found:`
}

/** Text only: an index holds what an API's document says. */
function createEntry({ href, heading, title }, home) {
  const link = document.createElement('a')
  link.href = new URL(href, home).href
  const page = document.createElement('small')
  link.append(heading === '' ? title : heading, page)
  page.textContent = heading === '' ? '' : title
  const entry = document.createElement('li')
  entry.append(link)
  return entry
}
