/* What a page gains from a script: search at hand, and code to be copied with one press. */

import { offerCopying } from './copy.js'
import { offerSearch } from './search.js'

offerSearch(document.querySelector('form.search'))
for (const block of document.querySelectorAll('main pre')) offerCopying(block)
