/** What the build put in: names of all files, and which of them the app starts with. */
export interface BuiltFiles {
  /** Changes with any of them. */
  version: string
  /** The page and everything it loads before it shows something. */
  shell: readonly string[]
  /** What is loaded when it is asked for. */
  later: readonly string[]
}

const PREFIX = 'parley-'
const PAGE = '/'
/** This version's, and the one before: a tab that was opened with it may still ask for its files. */
const KEPT_VERSIONS = 2

/** The files of this version, and how to get them when there is no network. */
export class FileCache {
  readonly #files: BuiltFiles
  readonly #name: string

  constructor(files: BuiltFiles) {
    this.#files = files
    this.#name = `${PREFIX}${files.version}`
  }

  /** All or nothing: with one missing, the version before stays. */
  async install(): Promise<void> {
    const cache = await caches.open(this.#name)
    // Not out of the browser's own cache: what has no hash in its name may be old there.
    await cache.addAll(this.#files.shell.map((path) => new Request(path, { cache: 'no-cache' })))
  }

  /**
   * Keeps what no start needs, too, so that every screen opens without network and after the next release.
   * @param isOld a newer version waits: a browser lets it begin only when this one has nothing left to do
   */
  async keepAll(isOld: () => boolean): Promise<void> {
    const cache = await caches.open(this.#name)
    const held = new Set((await cache.keys()).map(({ url }) => new URL(url).pathname))
    for (const path of this.#files.later) {
      if (isOld()) return
      if (!held.has(path)) await cache.add(path).catch(() => undefined)
    }
  }

  /** Caches are named in the order they were made. */
  async dropOld(): Promise<void> {
    const others = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== this.#name)
    for (const name of others.slice(0, Math.max(0, others.length - KEPT_VERSIONS + 1))) await caches.delete(name)
  }

  async page(): Promise<Response> {
    const cache = await caches.open(this.#name)
    return (await cache.match(PAGE)) ?? fetch(PAGE)
  }

  async file(request: Request): Promise<Response> {
    const cache = await caches.open(this.#name)
    const held = (await cache.match(request)) ?? (await caches.match(request))
    if (held) return held
    const answer = await fetch(request)
    if (answer.ok && answer.status === 200) await cache.put(request, answer.clone())
    return answer
  }
}
