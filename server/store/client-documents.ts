/** The last good copies of client id metadata documents. */
export interface ClientDocumentStore {
  find(url: string): Promise<{ readonly body: string; readonly fetchedAt: number } | null>
  put(url: string, body: string): Promise<void>
}
