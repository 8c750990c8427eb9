import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import S3rver from 's3rver'

/** Files of a test in a real server that speaks S3, on this machine. */
export class S3Server {
  readonly url: string
  readonly #server: S3rver
  readonly #folder: string

  private constructor(server: S3rver, folder: string, url: string) {
    this.#server = server
    this.#folder = folder
    this.url = url
  }

  /** With one empty bucket. `url` is what PARLEY_S3_URL wants. */
  static async start(bucket = 'harbor'): Promise<S3Server> {
    const folder = await mkdtemp(join(tmpdir(), 'parley-s3-'))
    const configureBuckets = [{ name: bucket, configs: [] }]
    const options = { address: '127.0.0.1', port: 0, silent: true, vhostBuckets: false, directory: folder }
    const server = new S3rver({ ...options, configureBuckets })
    const { port } = await server.run()
    return new S3Server(server, folder, `http://S3RVER:S3RVER@127.0.0.1:${port}/${bucket}`)
  }

  /** Every key it holds. */
  async keys(): Promise<string[]> {
    const names = await readdir(this.#folder, { recursive: true })
    return names.filter((name) => name.endsWith('._S3rver_object')).map((name) => name.slice(0, -15))
  }

  async stop(): Promise<void> {
    await this.#server.close()
    await rm(this.#folder, { recursive: true, force: true })
  }
}
