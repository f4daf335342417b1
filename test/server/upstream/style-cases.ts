import type { WireParameter } from '../../../server/mcp/tool.ts'

/** One way to write a parameter named `color`, with what is right and what others send. */
export type StyleCase = {
  readonly in: WireParameter['in']
  readonly style: WireParameter['style']
  readonly explode: boolean
  readonly value: unknown
  /** What the upstream must get: the path's last segment, the query, the header, or the cookies. */
  readonly right: string
  /** What generators send instead: joined by JavaScript, in JSON, exploded the other way, bare. */
  readonly wrong: readonly string[]
}

const TEXT = 'blue'
const LIST = ['blue', 'black', 'brown']
const PAIRS = { R: 100, G: 200, B: 150 }

const JSON_LIST = '%5B%22blue%22%2C%22black%22%2C%22brown%22%5D'
const JSON_PAIRS = '%7B%22R%22%3A100%2C%22G%22%3A200%2C%22B%22%3A150%7D'

/**
 * The table "Style Examples" of OpenAPI 3.1.1 (section 4.8.12.6; 3.0.4 has the same), every cell
 * that is defined, and the header and the cookie that it has no columns for. A text is written alike
 * in both ways to explode, so it is there once.
 */
export const STYLE_CASES: readonly StyleCase[] = [
  // path
  at('path', 'simple', false, TEXT, 'blue', '%22blue%22', '.blue'),
  at('path', 'simple', false, LIST, 'blue,black,brown', 'blue%2Cblack%2Cbrown', JSON_LIST),
  at('path', 'simple', true, LIST, 'blue,black,brown', 'blue%2Cblack%2Cbrown', JSON_LIST),
  at('path', 'simple', false, PAIRS, 'R,100,G,200,B,150', '%5Bobject%20Object%5D', JSON_PAIRS),
  at('path', 'simple', true, PAIRS, 'R=100,G=200,B=150', 'R,100,G,200,B,150', JSON_PAIRS),
  at('path', 'label', false, TEXT, '.blue', 'blue', '%2Eblue'),
  at('path', 'label', false, LIST, '.blue,black,brown', '.blue.black.brown', 'blue,black,brown'),
  at('path', 'label', true, LIST, '.blue.black.brown', '.blue,black,brown', 'blue,black,brown'),
  at('path', 'label', false, PAIRS, '.R,100,G,200,B,150', '.R.100.G.200.B.150', JSON_PAIRS),
  at('path', 'label', true, PAIRS, '.R=100.G=200.B=150', '.R=100,G=200,B=150', JSON_PAIRS),
  at('path', 'matrix', false, TEXT, ';color=blue', 'blue', '%3Bcolor%3Dblue'),
  at('path', 'matrix', false, LIST, ';color=blue,black,brown', ';blue,black,brown', JSON_LIST),
  at(
    'path',
    'matrix',
    true,
    LIST,
    ';color=blue;color=black;color=brown',
    ';color=blue,black,brown',
    JSON_LIST,
  ),
  at('path', 'matrix', false, PAIRS, ';color=R,100,G,200,B,150', ';R=100;G=200;B=150', JSON_PAIRS),
  at('path', 'matrix', true, PAIRS, ';R=100;G=200;B=150', ';color=R,100,G,200,B,150', JSON_PAIRS),
  // query
  at('query', 'form', true, TEXT, 'color=blue', 'color=%22blue%22', 'color[]=blue'),
  at('query', 'form', false, LIST, 'color=blue,black,brown', 'color=blue%2Cblack%2Cbrown'),
  at(
    'query',
    'form',
    true,
    LIST,
    'color=blue&color=black&color=brown',
    'color=blue,black,brown',
    'color%5B%5D=blue&color%5B%5D=black&color%5B%5D=brown',
  ),
  at(
    'query',
    'form',
    false,
    PAIRS,
    'color=R,100,G,200,B,150',
    'color=R%2C100%2CG%2C200%2CB%2C150',
    'color=%5Bobject%20Object%5D',
  ),
  at(
    'query',
    'form',
    true,
    PAIRS,
    'R=100&G=200&B=150',
    'color=%5Bobject+Object%5D',
    `color=${JSON_PAIRS}`,
    'color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150',
  ),
  at(
    'query',
    'spaceDelimited',
    false,
    LIST,
    'color=blue%20black%20brown',
    'color=blue+black+brown',
    'color=blue&color=black&color=brown',
  ),
  at(
    'query',
    'spaceDelimited',
    false,
    PAIRS,
    'color=R%20100%20G%20200%20B%20150',
    'color=R,100,G,200,B,150',
    'color=%5Bobject%20Object%5D',
  ),
  at(
    'query',
    'pipeDelimited',
    false,
    LIST,
    'color=blue%7Cblack%7Cbrown',
    'color=blue,black,brown',
    'color=blue&color=black&color=brown',
  ),
  at(
    'query',
    'pipeDelimited',
    false,
    PAIRS,
    'color=R%7C100%7CG%7C200%7CB%7C150',
    'color=R,100|G,200|B,150',
    'color=%5Bobject%20Object%5D',
  ),
  at(
    'query',
    'deepObject',
    true,
    PAIRS,
    'color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150',
    'color=%5Bobject%20Object%5D',
    'color.R=100&color.G=200&color.B=150',
    'R=100&G=200&B=150',
  ),
  // header
  at('header', 'simple', false, TEXT, 'blue', '"blue"'),
  at('header', 'simple', false, LIST, 'blue,black,brown', 'blue, black, brown', '["blue","black"]'),
  at('header', 'simple', false, PAIRS, 'R,100,G,200,B,150', '[object Object]', 'R=100,G=200,B=150'),
  at('header', 'simple', true, PAIRS, 'R=100,G=200,B=150', '[object Object]', 'R,100,G,200,B,150'),
  // cookie
  at('cookie', 'form', false, TEXT, 'color=blue', 'blue', 'color=%22blue%22'),
  at('cookie', 'form', false, LIST, 'color=blue,black,brown', 'color=blue%2Cblack%2Cbrown'),
  at('cookie', 'form', false, PAIRS, 'color=R,100,G,200,B,150', 'color=[object Object]'),
]

function at(
  place: StyleCase['in'],
  style: StyleCase['style'],
  explode: boolean,
  value: unknown,
  right: string,
  ...wrong: readonly string[]
): StyleCase {
  return { in: place, style, explode, value, right, wrong }
}
