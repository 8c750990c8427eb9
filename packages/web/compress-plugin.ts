import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

const TEXTS = /\.(js|css|html|svg|json|webmanifest)$/
/** One packet takes as much anyway. */
const SMALLEST = 1000
const [toBrotli, toGzip] = [promisify(brotliCompress), promisify(gzip)]

/** Writes each text beside itself as it is sent: `.br` and `.gz`, for the server to choose from. */
export function compress(): Plugin {
  return {
    name: 'parley-compress',
    apply: 'build',
    async writeBundle({ dir }) {
      if (dir === undefined) return
      const entries = await readdir(dir, { recursive: true, withFileTypes: true })
      const files = entries.filter((entry) => entry.isFile() && TEXTS.test(entry.name))
      await Promise.all(files.map((file) => compressFile(join(file.parentPath, file.name))))
    },
  }
}

async function compressFile(path: string): Promise<void> {
  const content = await readFile(path)
  if (content.length < SMALLEST) return
  const [small, older] = await Promise.all([toBrotli(content), toGzip(content, { level: 9 })])
  await Promise.all([writeFile(`${path}.br`, small), writeFile(`${path}.gz`, older)])
}
