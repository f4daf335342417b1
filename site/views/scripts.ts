import { toRpc, TOKEN_VARIABLE } from '../example-requests.ts'
import { chooseExample } from '../example-tools.ts'
import type { SiteFacts } from '../facts.ts'

/** One call of a tool, whole programs in two languages. Each prints the JSON of the answer. */
export function toScripts({ docs, deployment }: SiteFacts) {
  const { tool, arguments: given } = chooseExample(docs)
  const body = JSON.stringify(toRpc(1, 'tools/call', { name: tool.name, arguments: given }))
  const url = JSON.stringify(deployment.mcpUrl)
  return {
    javascript: [
      `const response = await fetch(${url}, {`,
      `  method: "POST",`,
      `  headers: {`,
      `    Authorization: \`Bearer \${process.env.${TOKEN_VARIABLE}}\`,`,
      `    "Content-Type": "application/json",`,
      `  },`,
      `  body: JSON.stringify(${body}),`,
      `});`,
      `const { result, error, message } = await response.json();`,
      `if (result === undefined) throw new Error(JSON.stringify(error ?? message));`,
      `console.log(JSON.parse(result.content[0].text));`,
    ].join('\n'),
    python: [
      `import json, os, urllib.request`,
      ``,
      `request = urllib.request.Request(`,
      `    ${url},`,
      `    data=json.dumps(${toPython(body)}).encode(),`,
      `    headers={`,
      `        "Authorization": f"Bearer {os.environ['${TOKEN_VARIABLE}']}",`,
      `        "Content-Type": "application/json",`,
      `    },`,
      `)`,
      `with urllib.request.urlopen(request) as response:`,
      `    answer = json.load(response)`,
      `if "error" in answer:`,
      `    raise SystemExit(answer["error"])`,
      `print(json.loads(answer["result"]["content"][0]["text"]))`,
    ].join('\n'),
  }
}

/** Python reads what JSON is, except for three words outside of texts. */
function toPython(json: string): string {
  const words = { true: 'True', false: 'False', null: 'None' } as const
  return json.replaceAll(
    /"(?:[^"\\]|\\.)*"|\b(true|false|null)\b/g,
    (whole, word: keyof typeof words | undefined) => (word === undefined ? whole : words[word]),
  )
}
