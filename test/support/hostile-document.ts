/** What has run in other people's pages, or broken out of them. */
const ATTACKS = [
  '<script>window.hit = 1</script>',
  '</code></pre></main><script>window.hit = 2</script>',
  '<img src=x onerror="window.hit = 3">',
  '<svg onload="window.hit = 4"><a xlink:href="javascript:window.hit = 5">x</a></svg>',
  '![beacon](https://evil.example/beacon.png)',
  '[click me](javascript:window.hit=6)',
  '[click me](<javascript:window.hit=7>)',
  '[click me](data:text/html,<script>window.hit=8</script>)',
  '[click me](//evil.example/x)',
  '[a](https://evil.example "t" onmouseover="window.hit=9")',
  '<https://evil.example/auto>',
  '[Errors]: https://evil.example/reference',
  '| a | b |\n| --- | --- |\n| <b>c</b> | `|` |',
  '```\nunclosed',
  '`` ` ` unclosed',
  '# Not a heading\n\n###### Nor this\n\nNor\n===',
  '- list\n  1. nested\n     > quote',
  '<!-- unclosed',
  '\u202etxt.exe\u202c \u2066isolated\u2069 zero\u200bwidth',
  '{{constructor}} {{{html}}} {{> tool}} ${process.exit()}',
  '"><iframe src="https://evil.example"></iframe>',
  '<style>body{display:none}</style><base href="https://evil.example/"><meta http-equiv="refresh" content="0;url=https://evil.example">',
] as const

/** A document, as JSON, that has them in every place that a page shows. */
export function writeHostileDocument(): string {
  const everything = ATTACKS.join('\n\n')
  const parameter = (attack: string, index: number) => ({
    name: `p${index}`,
    in: 'query',
    description: attack,
    schema: {
      type: 'string',
      enum: [attack, everything],
      default: attack,
      examples: [attack],
    },
  })
  const properties = Object.fromEntries(
    ATTACKS.map((attack) => [attack, { type: 'string', examples: [everything] }]),
  )
  return JSON.stringify({
    openapi: '3.1.0',
    info: { title: everything, version: everything },
    paths: {
      '/me': {
        get: {
          operationId: 'getMe',
          responses: {
            200: {
              description: 'Me.',
              content: {
                'application/json': {
                  schema: {
                    type: 'object',
                    properties: {
                      id: { type: 'string' },
                      teams: {
                        type: 'array',
                        items: {
                          type: 'object',
                          properties: { id: { type: 'string' }, role: { enum: ['owner'] } },
                        },
                      },
                    },
                  },
                },
              },
            },
          },
        },
      },
      '/evil': {
        get: {
          operationId: 'listEvil',
          summary: ATTACKS[0],
          description: everything,
          parameters: ATTACKS.map(parameter),
          responses: {
            200: {
              description: everything,
              content: {
                'application/json': {
                  schema: {
                    type: 'object',
                    properties: { data: { type: 'array', items: { type: 'object', properties } } },
                  },
                },
              },
            },
          },
        },
      },
      '/worse': {
        get: {
          operationId: 'listWorse',
          responses: {
            200: {
              description: 'All.',
              content: { 'application/json': { schema: {}, example: { '</script>': ATTACKS } } },
            },
          },
        },
      },
    },
  })
}

/** An allow-list for it that has them, too. */
export function writeHostileAllowList(): string {
  const some = ATTACKS.join('\n\n').slice(0, 900)
  return JSON.stringify({
    connector: {
      name: 'evil',
      maxToolBytes: 60_000,
      title: `Evil ${ATTACKS[0]}`,
      instructions: some,
    },
    upstream: {
      login: { kind: 'api-credentials' },
      apiCredentials: { key: 'X-Key', secret: 'X-Secret', email: 'X-Email' },
      profile: { operation: 'getMe', id: '/id', email: '/id', name: '/id' },
      organizations: {
        ...{ operation: 'getMe', items: '/teams', id: '/id', name: '/id', role: '/role' },
        approvers: ['owner'],
      },
    },
    namespaces: {
      evil: { title: ATTACKS[2], description: some },
      worse: { title: ATTACKS[5], description: ATTACKS.slice(9).join('\n\n') },
    },
    tools: {
      'evil.list': { operation: 'listEvil', description: some, instructions: some },
      'evil.again': { operation: 'GET /evil', title: ATTACKS[3].slice(0, 100) },
      'worse.list': { operation: 'listWorse', title: ATTACKS[10], public: true },
    },
    prompts: {
      evil: {
        title: ATTACKS[0],
        description: some,
        arguments: {
          evil: { description: some, values: ATTACKS.map((attack) => attack.slice(0, 150)) },
        },
        text: `${ATTACKS.slice(0, 18).join('\n\n')}\n{evil}`,
      },
    },
    intents: {
      worst: {
        title: ATTACKS[2],
        description: some,
        utterances: ATTACKS,
        arguments: { evil: { description: some, type: 'string', enum: ATTACKS } },
        tool: true,
        steps: [
          { name: 'all', tool: 'evil.list', arguments: { p0: { pointer: '/arguments/evil' } } },
        ],
        result: { rows: '/steps/all/data' },
      },
    },
  })
}
